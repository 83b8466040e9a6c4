"""What the tesseract reader is made of: the program, its lines, what it left out, and which way is up."""

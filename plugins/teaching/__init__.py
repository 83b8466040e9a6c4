"""What people correct, what is learnt of it, and why a document has its labels."""

"""The PP-OCR models: reading, ink that no line covers, reading again what is unsure."""

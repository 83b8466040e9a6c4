"""The committed corpus that the model learns from: texts of our own writing, filled in and spoilt as scans are."""

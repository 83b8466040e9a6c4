"""What was approved is destroyed before witnesses, and what is left of it."""

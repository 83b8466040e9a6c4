"""The statistical part: a linear model on character n-grams, weighed together with the rules."""

"""What a search means, whichever DMS holds the records: the words, a text evened out, the score, the quotes.

Both backends answer a Query with these, so that the same words find the same records in the same order.
"""

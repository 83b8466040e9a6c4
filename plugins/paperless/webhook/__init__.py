"""The door at which paperless-ngx' workflows knock: a document's number is taken, put into the queue, and nothing else.

Principle: whoever knocks is a stranger until he has shown the secret; what he says is bounded and never believed. The
number is all that is taken from it, and the sweep looks at the document itself.
"""

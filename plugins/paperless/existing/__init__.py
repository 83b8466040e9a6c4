"""Documents that lie in paperless-ngx already, put there by whomever: what is seen on them, and labels put on.

Principle that must never break: what a person has set is never overwritten. Each label is looked at right before it is
written, written by the server's calls that touch nothing else, and its history read afterwards; where a person was
quicker by a moment, his value is put back.
"""

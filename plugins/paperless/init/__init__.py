"""Preparing a paperless-ngx for the archive: what is missing is made, what is there is adopted by name.

Principle: nothing is ever renamed, moved, closed or deleted here.
"""

"""Who may see and change a document, made from its confidentiality; and whether it is so.

Principle: a record always has an owner, the archive's account. Without one, everybody could see it.
"""

"""Bringing a document into paperless-ngx: what is sent, when it counts as filed, and where its bytes are."""

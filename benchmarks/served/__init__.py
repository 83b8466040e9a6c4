"""A paperless-ngx that is measured: accounts made for that, the server's own reading, and ours filed into it."""

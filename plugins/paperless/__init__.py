"""Everything that knows paperless-ngx (v3): the REST client, one module a resource, and the backend on it.

`backend` fulfils `retention.dms.Dms`; `connection` is the only module that speaks HTTP. How the server
really behaves, traps included, stands as the reason beside each line that deals with it.
"""

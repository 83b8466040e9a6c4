"""paperless-ngx' REST API, typed as far as it is used: one small module a resource, and one that speaks HTTP.

Only `connection` and `login` send anything; `retention.errors` is what all of them raise. How the server
really behaves, traps included, stands as the reason beside each line that deals with it.
"""

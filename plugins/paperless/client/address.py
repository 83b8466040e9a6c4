"""Whether the settings name a place that a paperless-ngx can be at, and a token that can be sent there."""

from __future__ import annotations

from urllib.parse import urlsplit


def fault_of(url: str, token: str, *, login: bool = False) -> str:
    """What is wrong with the two, in words that hold neither token nor password; empty: nothing. With a `login` no
    token is needed."""
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole:
        return "PAPERLESS_URL 不是网址。PAPERLESS_URL is no address: write where paperless-ngx answers, as http://host:8000"
    if "@" in parts.netloc or parts.query or parts.fragment:
        return "PAPERLESS_URL 只写网址，去掉用户名、口令和 ?、# 之后的内容。PAPERLESS_URL holds more than an address: take out name, password and what stands behind ? or #"
    if not token and not login:
        return "没有设置 PAPERLESS_TOKEN。PAPERLESS_TOKEN is not set: make a token in paperless-ngx under My Profile, and set it"
    # A header with another character is an error of requests that would show the token.
    if not (token.isascii() and token.isprintable() and " " not in token):
        return "PAPERLESS_TOKEN 含有不该有的字符，请重新复制。PAPERLESS_TOKEN has characters that no token has: copy it anew, without blanks or line ends"
    return ""

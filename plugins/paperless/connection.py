"""The one door to paperless-ngx' REST API: a session, its version, its retries, its errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from plugins.paperless.address import fault_of
from plugins.paperless.trouble import error_of, error_of_wire
from retention.errors import DmsError, DmsUnavailable

Params = Sequence[tuple[str, str]]

VERSIONS = (10, 9)
_TIMEOUT = (10.0, 60.0)  # seconds to connect; seconds of silence
_TRIES = 4
_LONGEST_PAUSE = 60.0
_CONNECTIONS = 16
_CHUNK = 1 << 20
# The server turned these away before it began, whatever was asked.
_NOT_BEGUN = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
# Harmless to ask again where asking changes nothing: a proxy says so while the server restarts, and the
# server says 500 while its SQLite has a bad moment.
_PASSING = (500, 502, 503, 504)


class _Token(AuthBase):
    """Sets the header itself: without an AuthBase, requests would put a ~/.netrc entry over the token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Token {self._token}"
        return request


class Connection:
    """Requests to the server at `url` with `token`, as JSON, in version 10 of its API or else 9.

    Nothing is sent before the first call. Every call raises DmsUnavailable, DmsRefused or NoSuchRecord
    with a sentence that holds no token. `sleep` is what waits between two tries. Threads may share it.
    """

    def __init__(self, url: str, token: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._fault = fault_of(url, token)
        self.place = "" if self._fault else url.rstrip("/").removesuffix("/api").rstrip("/")
        self._token = token
        self._sleep = sleep
        self._version = VERSIONS[0]
        self._session = requests.Session()
        self._session.auth = _Token(token)
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=_CONNECTIONS))

    @property
    def version(self) -> int:
        """The version of the API that is spoken."""
        return self._version

    def get(self, path: str, params: Params = ()) -> Any:
        """The JSON that `path`, as `documents/1/`, answers."""
        return self._json(self._ask("GET", path, params=params))

    def headers(self, path: str) -> Mapping[str, str]:
        """The headers of the answer to a GET."""
        return self._ask("GET", path).headers

    def rows(self, path: str, params: Params = ()) -> Iterator[Any]:
        """Every row of a list, page by page.

        Of `next` only the query is used: the server builds its host from what a proxy tells it, and a
        token goes to no other host.
        """
        page = self.get(path, params)
        while True:
            if isinstance(page, list):  # version 9 gives tasks so
                yield from page
                return
            yield from page["results"]
            if not page.get("next"):
                return
            page = self.get(path, parse_qsl(urlsplit(page["next"]).query, keep_blank_values=True))

    def send(self, method: str, path: str, body: Any) -> Any:
        """Send JSON; gives back the JSON of the answer."""
        return self._json(self._ask(method, path, json=body))

    def upload(self, path: str, fields: Params, file: tuple[str, bytes, str]) -> Any:
        """Send a form with `file` (name, bytes, media type) in the field `document`."""
        return self._json(self._ask("POST", path, data=list(fields), files={"document": file}))

    def delete(self, path: str) -> None:
        """DELETE it."""
        self._ask("DELETE", path)

    def bytes_of(self, path: str, params: Params = ()) -> Iterator[bytes]:
        """The body of a file, piece by piece; raises DmsUnavailable where it breaks off."""
        with closing(self._ask("GET", path, params=params, stream=True)) as response:
            if "text/html" in response.headers.get("Content-Type", ""):
                raise self._no_answer(response)
            try:
                yield from response.iter_content(_CHUNK)
            except requests.RequestException as error:
                raise error_of_wire(error, self.place) from None

    def _ask(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        if self._fault:
            raise DmsUnavailable(self._fault)
        for attempt in range(1, _TRIES + 1):
            last = attempt == _TRIES
            pause = 0.5 * 2.0 ** (attempt - 1)
            try:
                response = self._once(method, path, **kwargs)
            except requests.RequestException as error:
                if last or method != "GET":
                    raise error_of_wire(error, self.place) from None
            else:
                if response.status_code < 300:
                    return response
                again = _pause(response, method, pause)
                if last or again is None:
                    raise self._error(response)
                pause = again
            self._sleep(pause)
        raise AssertionError  # the last try has returned or raised

    def _once(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        version = self._version
        response = self._request(version, method, path, **kwargs)
        if response.status_code == HTTPStatus.NOT_ACCEPTABLE and version == VERSIONS[0]:
            self._version = VERSIONS[-1]
            return self._request(VERSIONS[-1], method, path, **kwargs)
        return response

    def _request(self, version: int, method: str, path: str, **kwargs: Any) -> requests.Response:
        headers = {"Accept": f"application/json; version={version}"}
        # The server sends whoever asks for an unknown path to a login page that answers 200.
        response = self._session.request(
            method,
            f"{self.place}/api/{path}",
            headers=headers,
            timeout=_TIMEOUT,
            allow_redirects=False,
            **kwargs,
        )
        spoken = response.headers.get("X-Api-Version", "")
        if spoken.isdecimal() and int(spoken) < VERSIONS[-1]:
            raise DmsUnavailable(
                f"paperless-ngx at {self.place} speaks version {spoken} of its API, this program {VERSIONS[0]} and "
                f"{VERSIONS[-1]}: upgrade paperless-ngx to 3"
            )
        return response

    def _json(self, response: requests.Response) -> Any:
        if "json" not in response.headers.get("Content-Type", ""):
            raise self._no_answer(response)
        try:
            return response.json()
        except ValueError:
            raise DmsUnavailable(
                f"what {self.place} answers says it is JSON and is not: see its proxy"
            ) from None

    def _no_answer(self, response: requests.Response) -> DmsUnavailable:
        kind = response.headers.get("Content-Type", "nothing")
        return DmsUnavailable(
            f"{self.place} answers {kind} where paperless-ngx' API answers JSON: see that PAPERLESS_URL is the "
            "address of paperless-ngx itself and no login page stands before it"
        )

    def _error(self, response: requests.Response) -> DmsError:
        error = error_of(response, self.place)
        if self._token in str(error):
            return type(error)(str(error).replace(self._token, "***"))
        return error


def _pause(response: requests.Response, method: str, pause: float) -> float | None:
    """Seconds to wait before the same request is sent again; None: it must not be."""
    after = response.headers.get("Retry-After", "")
    if response.status_code in _NOT_BEGUN and after.isdecimal():
        return float(after) if float(after) <= _LONGEST_PAUSE else None
    if method == "GET" and response.status_code in (*_PASSING, HTTPStatus.TOO_MANY_REQUESTS):
        return pause
    return None

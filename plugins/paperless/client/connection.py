"""The one door to paperless-ngx' REST API: a session, its version, its retries, its errors."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from http import HTTPStatus
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from plugins.paperless.client.address import fault_of
from plugins.paperless.client.login import Login
from plugins.paperless.client.paging import Params, every
from plugins.paperless.client.trouble import error_of, error_of_version, error_of_wire
from retention.errors import DmsError, DmsRefused, DmsUnavailable, NoSuchRecord

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
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self.token:
            request.headers["Authorization"] = f"Token {self.token}"
        return request


class Connection:
    """Requests to the server at `url` with `token`, as JSON, in version 10 of its API or else 9.

    Where there is no token, `login` gets one. Nothing is sent before the first call. Every call raises
    DmsUnavailable, DmsRefused or NoSuchRecord with a sentence that holds no token. `sleep` is what waits between two
    tries. Threads may share it.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        login: Login | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._login = None if token else login
        self._fault = fault_of(url, token, login=self._login is not None)
        self.place = "" if self._fault else url.rstrip("/").removesuffix("/api").rstrip("/")
        self._key = _Token(token)
        self._sleep = sleep
        self._version = VERSIONS[0]
        self._session = requests.Session()
        self._session.auth = self._key
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

    def knows(self, path: str) -> bool:
        """Whether the server knows `path` at all: also where this account may not see what is there."""
        response = self._answered("GET", path)
        if response.status_code < 300 or response.status_code == HTTPStatus.FORBIDDEN:
            return True
        error = self._error(response)
        if isinstance(error, NoSuchRecord):
            return False
        raise error

    def headers(self, path: str) -> Mapping[str, str]:
        """The headers of the answer to a GET."""
        return self._ask("GET", path).headers

    def rows(self, path: str, params: Params = ()) -> Iterator[Any]:
        """Every row of a list, however many pages it has and whoever changes it meanwhile."""
        return iter(every(lambda wanted: self.get(path, wanted), params))

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
        response = self._answered(method, path, **kwargs)
        if response.status_code >= 300:
            raise self._error(response)
        return response

    def _answered(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        """The answer, whatever it is, to an account that the server knows."""
        if self._fault:
            raise DmsUnavailable(self._fault)
        if self._login is not None and not self._key.token:
            self._key.token = self._login.kept() or self._logged_in(self._login)
        used = self._key.token
        response = self._tried(method, path, **kwargs)
        if response.status_code == HTTPStatus.UNAUTHORIZED and self._login is not None:
            # The token that was kept has been replaced on the server; who is not known has not begun anything.
            self._login.forget(used)
            self._key.token = self._logged_in(self._login)
            response = self._tried(method, path, **kwargs)
        return response

    def _logged_in(self, login: Login) -> str:
        """A token for the account."""
        body = {"username": login.user, "password": login.password}
        self._key.token = ""
        response = self._tried("POST", "token/", json=body)
        if response.status_code >= 300:
            error = self._error(response)
            if isinstance(error, DmsRefused):
                raise DmsUnavailable(
                    f"paperless-ngx at {self.place} does not let the account {login.user} in: correct "
                    "PAPERLESS_USERNAME and PAPERLESS_PASSWORD; with a second factor, make a token under My Profile and "
                    "set PAPERLESS_TOKEN instead"
                )
            raise error
        token = str(self._json(response)["token"])
        login.remember(token)
        return token

    def _tried(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        """The answer, whatever it is, after as many tries as are safe."""
        for attempt in range(1, _TRIES + 1):
            last = attempt == _TRIES
            pause = 0.5 * 2.0 ** (attempt - 1)
            try:
                response = self._once(method, path, **kwargs)
            except requests.RequestException as error:
                if last or not (method == "GET" or _never_arrived(error)):
                    raise error_of_wire(error, self.place) from None
            else:
                if response.status_code < 300:
                    return response
                again = _pause(response, method, pause)
                if last or again is None:
                    return response
                pause = again
            self._sleep(pause)
        raise AssertionError  # the last try has returned or raised

    def _once(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        version = self._version
        response = self._request(version, method, path, **kwargs)
        if response.status_code == HTTPStatus.NOT_ACCEPTABLE and version == VERSIONS[0]:
            response = self._request(VERSIONS[-1], method, path, **kwargs)
            if response.status_code == HTTPStatus.NOT_ACCEPTABLE:
                raise error_of_version(self._request(None, "GET", "ui_settings/"), self.place)
            self._version = VERSIONS[-1]
        return response

    def _request(self, version: int | None, method: str, path: str, **kwargs: Any) -> requests.Response:
        # Without a version the server speaks the one that it likes best, and only then says which.
        headers = {"Accept": f"application/json; version={version}" if version else "application/json"}
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
        if version and spoken.isdecimal() and int(spoken) < VERSIONS[-1]:
            raise error_of_version(response, self.place)
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
            "回答的不是 paperless-ngx 的接口：请确认 PAPERLESS_URL 就是它的地址，前面没有登录页。"
            f"{self.place} answers {kind} where paperless-ngx' API answers JSON: see that PAPERLESS_URL is the "
            "address of paperless-ngx itself and no login page stands before it"
        )

    def _error(self, response: requests.Response) -> DmsError:
        error = error_of(response, self.place)
        secrets = [self._key.token, self._login.password if self._login else ""]
        words = str(error)
        for secret in filter(None, secrets):
            words = words.replace(secret, "***")
        return type(error)(words)


def _never_arrived(error: requests.RequestException) -> bool:
    """Whether nobody took the connection, so that nothing at all was sent."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _pause(response: requests.Response, method: str, pause: float) -> float | None:
    """Seconds to wait before the same request is sent again; None: it must not be."""
    after = response.headers.get("Retry-After", "")
    if response.status_code in _NOT_BEGUN and after.isdecimal():
        return float(after) if float(after) <= _LONGEST_PAUSE else None
    if method == "GET" and response.status_code in (*_PASSING, HTTPStatus.TOO_MANY_REQUESTS):
        return pause
    return None

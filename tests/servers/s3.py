"""An S3 store of the tests' own: moto's server, with a line before it that can be cut."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from plugins.stores.s3 import S3Store
from plugins.stores.store_settings import StoreSettings

_Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class S3Server:
    """A store that answers at `url`. While `away` nobody does; `spoil` changes what it is about to keep."""

    def __init__(self) -> None:
        self.away = False
        self.asked: list[tuple[str, str]] = []
        self.before: Callable[[str, str], None] = lambda _method, _path: None
        self._wsgi: _Wsgi = DomainDispatcherApplication(create_backend_app)
        self._server: BaseWSGIServer = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.client.create_bucket(Bucket="papers")

    @cached_property
    def client(self) -> Any:
        """To look into the store, and to put into it what does not belong there."""
        return boto3.session.Session().client(
            "s3",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="k",
            aws_secret_access_key="s",
        )

    @property
    def settings(self) -> dict[str, str]:
        """What the program is told of it."""
        return {
            "DOSSIER_STORE": "s3://papers/archive",
            "DOSSIER_STORE_ENDPOINT": self.url,
            "DOSSIER_STORE_KEY": "k",
            "DOSSIER_STORE_SECRET": "s",
        }

    def store(self) -> S3Store:
        """A client of ours."""
        told = {name.removeprefix("DOSSIER_").lower(): value for name, value in self.settings.items()}
        return S3Store(StoreSettings(**told))  # type: ignore[arg-type]  # all of these are texts

    def lying(self) -> list[str]:
        """What lies in it, without the digest that machines agree on."""
        listed = self.client.list_objects_v2(Bucket="papers").get("Contents", [])
        return sorted(one["Key"] for one in listed if "/files/" in one["Key"])

    def overwrite(self, key: str, content: bytes) -> None:
        """Put other bytes where a file lies."""
        self.client.put_object(Bucket="papers", Key=key, Body=content)

    def forget(self) -> None:
        """Forget what it has, and answer again."""
        self.away, self.before = False, lambda _method, _path: None
        for key in self.client.list_objects_v2(Bucket="papers").get("Contents", []):
            self.client.delete_object(Bucket="papers", Key=key["Key"])

    def close(self) -> None:
        """Stop it, and forget what it had."""
        self.forget()
        self.client.delete_bucket(Bucket="papers")
        self.client.close()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method, path = str(environ["REQUEST_METHOD"]), str(environ["PATH_INFO"])
        self.asked.append((method, path))
        self.before(method, path)
        if self.away:
            start("503 Slow Down", [("Content-Type", "application/xml")])
            return [b"<Error><Code>SlowDown</Code></Error>"]
        return self._wsgi(environ, start)


@contextlib.contextmanager
def running() -> Iterator[S3Server]:
    """A store with the bucket `papers`."""
    server = S3Server()
    try:
        yield server
    finally:
        server.close()

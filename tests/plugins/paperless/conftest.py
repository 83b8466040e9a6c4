"""A fake paperless-ngx with a backend on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from plugins.paperless.backend import PaperlessDms
from plugins.paperless.upload.filing import Patience
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import Wire, wire

LEVELS = ("public", "internal", "secret")


@pytest.fixture
def fake() -> FakePaperless:
    """The server's memory."""
    return FakePaperless()


@pytest.fixture
def server(fake: FakePaperless) -> Iterator[Wire]:
    """The server, with what it was asked."""
    with wire(fake) as running:
        yield running


@pytest.fixture
def another(server: Wire) -> Callable[..., PaperlessDms]:
    """Makes a backend on the server, as another process would; `sleep` is what happens while it waits."""

    def make(sleep: Callable[[float], None] = lambda _: None) -> PaperlessDms:
        patience = Patience(reading=60.0, other=5.0)
        return PaperlessDms(
            server.url,
            "0" * 40,
            categories={"contract": "签约"},
            levels=LEVELS,
            patience=patience,
            sleep=sleep,
        )

    return make


@pytest.fixture
def dms(another: Callable[..., PaperlessDms]) -> PaperlessDms:
    """A backend."""
    return another()

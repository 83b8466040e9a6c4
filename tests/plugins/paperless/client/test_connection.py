"""Tests of the door to the REST API, over a real wire; the answers are those of a real 3.0.5."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from plugins.paperless.client.connection import Connection
from retention.errors import DmsRefused, DmsUnavailable, NoSuchRecord
from tests.plugins.paperless.wire import Answer, Asked, Wire, in_turn, recorded, told, wire

TOKEN = "f00dfacef00dfacef00dfacef00dfacef00dface"
HTML = {"Content-Type": "text/html; charset=utf-8"}
LATER = {"Content-Type": "application/json", "Retry-After": "7"}


def connected(server: Wire, pauses: list[float] | None = None) -> Connection:
    kept = [] if pauses is None else pauses
    return Connection(server.url, TOKEN, sleep=kept.append)


def test_a_request_bears_the_token_and_asks_for_version_ten() -> None:
    with wire(told({})) as server:
        connected(server).get("tags/")
    assert server.asked[0].path == "/api/tags/"
    assert server.asked[0].headers["Authorization"] == f"Token {TOKEN}"
    assert server.asked[0].headers["Accept"] == "application/json; version=10"


def test_a_netrc_entry_does_not_replace_the_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with wire(told({})) as server:
        connected(server).get("tags/")
    assert server.asked[0].headers["Authorization"] == f"Token {TOKEN}"


@pytest.mark.parametrize("ending", ["", "/", "/api", "/api/"])
def test_the_address_may_end_as_people_copy_it(ending: str) -> None:
    with wire(told({})) as server:
        Connection(server.url + "/dms" + ending, TOKEN).get("tags/")
    assert server.asked[0].path == "/dms/api/tags/"


def test_an_older_server_is_asked_for_version_nine_and_then_always() -> None:
    with wire(in_turn(recorded("bad-version"), told({}))) as server:
        connection = connected(server)
        connection.get("tags/")
        connection.get("tags/")
    assert [asked.headers["Accept"][-2:] for asked in server.asked] == ["10", "=9", "=9"]
    assert connection.version == 9


def test_a_server_that_speaks_neither_version_is_told_of() -> None:
    def newer(asked: Asked) -> Answer:
        if "version" in asked.headers["Accept"]:
            return recorded("bad-version")
        return Answer(
            headers={"Content-Type": "application/json", "X-Api-Version": "12", "X-Version": "5.1.0"}
        )

    says = "5.1.0 at .* speaks version 12 of its API, and this program 10 and 9: upgrade this program"
    with wire(newer) as server, pytest.raises(DmsUnavailable, match=says):
        connected(server).get("tags/")


def test_a_server_of_an_old_version_is_named_with_it() -> None:
    old = Answer(headers={"Content-Type": "application/json", "X-Api-Version": "7"})
    with wire(old) as server, pytest.raises(DmsUnavailable, match="speaks version 7 of its API"):
        connected(server).get("tags/")


def test_a_wrong_token_is_not_the_documents_fault_and_is_not_shown() -> None:
    with (
        wire(recorded("invalid-token")) as server,
        pytest.raises(DmsUnavailable, match="PAPERLESS_TOKEN") as told_of,
    ):
        connected(server).get("tags/")
    assert TOKEN not in str(told_of.value)


def test_a_token_that_the_server_repeats_is_not_shown() -> None:
    with wire(told({"detail": f"who is {TOKEN}?"}, 400)) as server, pytest.raises(DmsRefused) as told_of:
        connected(server).get("tags/")
    assert "who is ***?" in str(told_of.value)


def test_a_missing_right_is_told_in_the_servers_words() -> None:
    with (
        wire(recorded("no-right")) as server,
        pytest.raises(DmsUnavailable, match="Insufficient permissions"),
    ):
        connected(server).send("POST", "documents/bulk_edit/", {})


def test_no_redirect_is_followed() -> None:
    with (
        wire(recorded("unknown-path")) as server,
        pytest.raises(DmsUnavailable, match="/accounts/login/ instead"),
    ):
        connected(server).get("nothing/here/")
    assert len(server.asked) == 1


def test_a_page_of_html_where_json_belongs_is_no_answer() -> None:
    with (
        wire(Answer(200, b"<html>Log in</html>", HTML)) as server,
        pytest.raises(DmsUnavailable, match="text/html"),
    ):
        connected(server).get("tags/")


def test_a_page_of_html_is_no_file() -> None:
    with (
        wire(Answer(200, b"<html>Log in</html>", HTML)) as server,
        pytest.raises(DmsUnavailable, match="text/html"),
    ):
        list(connected(server).bytes_of("documents/1/download/"))


def test_json_that_is_none_is_no_answer() -> None:
    with wire(Answer(200, b"{oops")) as server, pytest.raises(DmsUnavailable, match="is not"):
        connected(server).get("tags/")


def test_what_is_not_there_is_no_such_record() -> None:
    with (
        wire(recorded("no-such-document")) as server,
        pytest.raises(NoSuchRecord, match="No Document matches"),
    ):
        connected(server).get("documents/9/")


def test_a_throttled_request_is_sent_again_when_the_server_wants_it() -> None:
    pauses: list[float] = []
    with wire(in_turn(Answer(429, b"{}", LATER), Answer(503, b"{}", LATER), told({"a": 1}))) as server:
        assert connected(server, pauses).send("POST", "tags/", {"name": "x"}) == {"a": 1}
    assert pauses == [7.0, 7.0]
    assert server.asked[0].body == server.asked[2].body


def test_throttling_has_an_end() -> None:
    pauses: list[float] = []
    with wire(recorded("throttled")) as server, pytest.raises(DmsUnavailable, match="fewer requests"):
        connected(server, pauses).get("tags/")
    assert pauses == [58.0] * 3


def test_a_pause_of_an_hour_is_not_waited_for() -> None:
    hour = Answer(503, b"{}", {"Content-Type": "application/json", "Retry-After": "3600"})
    pauses: list[float] = []
    with wire(hour) as server, pytest.raises(DmsUnavailable):
        connected(server, pauses).send("POST", "tags/", {})
    assert pauses == []


def test_a_gateway_error_is_asked_again_with_growing_pauses() -> None:
    pauses: list[float] = []
    with wire(in_turn(Answer(502, b"<html>", HTML), Answer(504, b"<html>", HTML), told({"a": 1}))) as server:
        assert connected(server, pauses).get("tags/") == {"a": 1}
    assert pauses == [0.5, 1.0]


def test_what_changes_something_is_not_sent_twice() -> None:
    with wire(Answer(502, b"<html>", HTML)) as server, pytest.raises(DmsUnavailable):
        connected(server).send("POST", "tags/", {})
    assert len(server.asked) == 1


def test_an_error_of_the_server_is_told_without_its_page() -> None:
    with wire(recorded("server-error")) as server, pytest.raises(DmsUnavailable, match="500") as told_of:
        connected(server).get("tags/")
    assert "Server Error" in str(told_of.value)
    assert "<" not in str(told_of.value)
    assert len(server.asked) == 4


def test_nobody_at_that_address_is_told_after_several_tries() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pauses: list[float] = []
    connection = Connection(f"http://127.0.0.1:{port}", TOKEN, sleep=pauses.append)
    with pytest.raises(DmsUnavailable, match=f"nobody answers at http://127.0.0.1:{port}"):
        connection.get("tags/")
    assert pauses == [0.5, 1.0, 2.0]


def test_what_nobody_took_may_be_sent_again_whatever_it_is() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pauses: list[float] = []
    connection = Connection(f"http://127.0.0.1:{port}", TOKEN, sleep=pauses.append)
    with pytest.raises(DmsUnavailable, match="nobody answers"):
        connection.send("POST", "tags/", {"name": "x"})
    assert len(pauses) == 3


def test_what_was_taken_and_not_answered_is_not_sent_again() -> None:
    half = Answer(body=b'{"a": ', promised=100)
    with wire(in_turn(half, told({"a": 1}))) as server, pytest.raises(DmsUnavailable):
        connected(server).send("POST", "tags/", {"name": "x"})
    assert len(server.asked) == 1


def test_half_an_answer_is_asked_for_again() -> None:
    half = Answer(body=b'{"a": ', promised=100)
    with wire(in_turn(half, told({"a": 1}))) as server:
        assert connected(server).get("tags/") == {"a": 1}


def test_half_a_file_is_no_file() -> None:
    half = Answer(body=b"x" * 50, promised=100, headers={"Content-Type": "application/pdf"})
    with wire(half) as server, pytest.raises(DmsUnavailable, match="broke off"):
        list(connected(server).bytes_of("documents/1/download/"))


def test_pages_are_followed_on_our_own_host_whatever_next_says() -> None:
    def answer(asked: Asked) -> Answer:
        return recorded(f"tags-page-{asked.one('page') or 1}")

    with wire(answer) as server:
        rows = list(connected(server).rows("tags/", [("page_size", "2")]))
    assert len(rows) == 3
    assert b"paperless.invalid" in recorded("tags-page-1").body
    assert {(asked.path, asked.one("page")) for asked in server.asked} == {
        ("/api/tags/", ""),
        ("/api/tags/", "2"),
    }


def test_a_list_without_pages_is_a_list() -> None:
    with wire(recorded("task-success-version-9")) as server:
        assert [row["status"] for row in connected(server).rows("tasks/")] == ["SUCCESS"]


@pytest.mark.parametrize(
    ("url", "token", "named"),
    [
        ("", TOKEN, "PAPERLESS_URL"),
        ("paperless:8000", TOKEN, "PAPERLESS_URL"),
        ("ftp://paperless", TOKEN, "PAPERLESS_URL"),
        ("http://[", TOKEN, "PAPERLESS_URL"),
        ("http://host:99999", TOKEN, "PAPERLESS_URL"),
        ("http://me:geheim@host", TOKEN, "PAPERLESS_URL"),
        ("http://host/?geheim", TOKEN, "PAPERLESS_URL"),
        ("http://host", "", "PAPERLESS_TOKEN"),
        ("http://host", "geheim\n", "PAPERLESS_TOKEN"),
        ("http://host", "geheim 1", "PAPERLESS_TOKEN"),
        ("http://host", "geheim密", "PAPERLESS_TOKEN"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secret(url: str, token: str, named: str) -> None:
    with pytest.raises(DmsUnavailable, match=named) as told_of:
        Connection(url, token).get("tags/")
    assert "geheim" not in str(told_of.value)

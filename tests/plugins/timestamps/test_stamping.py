"""Stamps on the register's heads: kept, checked, found when tampered with; and an authority that is away stops nothing."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plugins import settings as settings_module
from plugins.errors import BadSetting
from plugins.settings import Settings
from plugins.timestamps.authority import AuthorityAway, ask
from plugins.timestamps.stamp_health import stamp_checks
from plugins.timestamps.stamping import folder_of, last_stamped, stamp, waiting
from plugins.timestamps.stamps import check_all, roots_in, stamps
from retention.errors import RegisterBroken
from retention.heads import line_of, publish_head, published_heads
from retention.register import Head
from tests.plugins.timestamps.conftest import Authority, Served

HEAD = Head(7, "2026-03-02T12:00:00.000000Z", "0f1e" * 16)
LATER = Head(9, "2026-03-02T13:00:00.000000Z", "1f2e" * 16)
NOW = datetime.now(UTC)


@pytest.fixture
def told(tmp_path: Path, authority: Served) -> Settings:
    """Settings of an archive whose heads are stamped, and in which two heads are published."""
    home = tmp_path / "home"
    home.mkdir()
    for head in (HEAD, LATER):
        publish_head(home / "register-heads.txt", head)
    words = {"DOSSIER_HOME": str(home), "DOSSIER_TIMESTAMP_URL": authority.url}
    return settings_module.load(words | {"DOSSIER_TIMESTAMP_CA": str(authority.root)}, tmp_path)


def checked(told: Settings) -> tuple[int, int, bool]:
    found = check_all(folder_of(told), published_heads(told.heads_file), roots_in(told.timestamp_ca))
    return found.count, found.last, found.signed


def test_a_stamped_head_is_proved_by_its_stamp_and_stamped_once(told: Settings, authority: Served) -> None:
    place = stamp(told, HEAD, NOW)
    assert place is not None
    assert place.name == "7-0f1e0f1e0f1e.tsr"
    assert stamp(told, HEAD, NOW) is None
    assert authority.asked == 1
    stamp(told, LATER, NOW)
    assert checked(told) == (2, 9, True)
    assert last_stamped(folder_of(told)) == 9


def test_openssl_alone_checks_it_as_the_docs_say(told: Settings, tmp_path: Path, authority: Served) -> None:
    place = stamp(told, HEAD, NOW)
    (tmp_path / "line.txt").write_bytes(line_of(HEAD))
    assert line_of(HEAD) in told.heads_file.read_bytes()
    words = (
        "openssl",
        "ts",
        "-verify",
        "-data",
        str(tmp_path / "line.txt"),
        "-in",
        str(place),
        "-CAfile",
        str(authority.root),
    )
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_watch_asks_no_more_often_than_it_is_told_to(told: Settings, authority: Served) -> None:
    assert stamp(told, HEAD, NOW, every=timedelta(hours=1))
    assert stamp(told, LATER, NOW, every=timedelta(hours=1)) is None
    assert stamp(told, LATER, NOW + timedelta(hours=2), every=timedelta(hours=1))
    assert authority.asked == 2


def test_nothing_is_asked_where_no_authority_is_set(told: Settings, authority: Served) -> None:
    none = told.model_copy(update={"timestamp_url": ""})
    assert stamp(none, HEAD, NOW) is None
    assert stamp(told, Head(0, "", "0" * 64), NOW) is None
    assert (authority.asked, folder_of(told).exists()) == (0, False)


def test_an_authority_that_is_away_is_noted_left_in_peace_for_a_while_and_made_up_for(
    told: Settings, authority: Served
) -> None:
    authority.away = True
    assert stamp(told, HEAD, NOW) is None
    first = waiting(folder_of(told))
    assert first is not None
    assert "503" in first.why
    assert stamp(told, LATER, NOW + timedelta(minutes=1)) is None
    assert waiting(folder_of(told)) == first
    assert stamp(told, LATER, NOW + timedelta(minutes=6)) is None
    second = waiting(folder_of(told))
    assert second is not None
    assert (second.since, second.tried > first.tried) == (first.since, True)
    authority.away = False
    assert stamp(told, LATER, NOW + timedelta(minutes=12))
    assert waiting(folder_of(told)) is None
    assert checked(told) == (1, 9, True)


def test_a_doctor_tells_how_far_heads_are_stamped_and_since_when_they_wait(
    told: Settings, authority: Served
) -> None:
    assert [one.detail for one in stamp_checks(told)] == ["none yet"]
    stamp(told, HEAD, NOW)
    assert [(one.ok, one.detail) for one in stamp_checks(told)] == [(True, "stamped up to entry 7")]
    authority.away = True
    stamp(told, LATER, NOW)
    (late,) = stamp_checks(told)
    assert (late.ok, late.optional, "503" in late.detail) == (False, True, True)
    (wrong,) = stamp_checks(told.model_copy(update={"timestamp_ca": told.heads_file}))
    assert "DOSSIER_TIMESTAMP_CA" in wrong.detail
    assert stamp_checks(told.model_copy(update={"timestamp_url": ""})) == []


def test_a_disk_that_is_full_stops_nothing(told: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("plugins.timestamps.stamping.keep", full)
    monkeypatch.setattr(Path, "write_text", full)
    assert stamp(told, HEAD, NOW) is None


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/tsa", "http://nowhere.invalid/", "http://[::1"],
    ids=["closed", "no-host", "no-url"],
)
def test_who_can_not_be_reached_is_away(url: str) -> None:
    with pytest.raises(AuthorityAway):
        ask(url, b"line")


@pytest.mark.parametrize("content", [b"", b"<html>", b"0" * 100], ids=["empty", "page", "bytes"])
def test_who_answers_something_else_is_away(
    authority: Served, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authority, "answer", lambda _: content)
    with pytest.raises(AuthorityAway, match="RFC 3161"):
        ask(authority.url, b"line")


def test_an_old_answer_sent_again_is_no_answer(authority: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    old = ask(authority.url, b"line")
    monkeypatch.setattr(authority, "answer", lambda _: old)
    with pytest.raises(AuthorityAway, match="another question"):
        ask(authority.url, b"line")


def _spoilt(content: bytes) -> bytes:
    middle = len(content) - 20  # in the signature
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "tampering", ["signature", "cut", "other-head", "renamed", "head-rewritten", "empty"]
)
def test_a_stamp_that_was_tampered_with_is_found_and_named(told: Settings, tampering: str) -> None:
    place = stamp(told, HEAD, NOW)
    assert place is not None
    stamp(told, LATER, NOW)
    other = folder_of(told) / "9-1f2e1f2e1f2e.tsr"
    if tampering == "signature":
        place.write_bytes(_spoilt(place.read_bytes()))
    elif tampering == "cut":
        place.write_bytes(place.read_bytes()[:-1])
    elif tampering == "empty":
        place.write_bytes(b"")
    elif tampering == "other-head":
        place.write_bytes(other.read_bytes())
    elif tampering == "renamed":
        place.rename(place.with_name("8-0f1e0f1e0f1e.tsr"))
    else:
        told.heads_file.write_text(told.heads_file.read_text().replace(HEAD.hash, "0f1e0f1e0f1e" + "a" * 52))
    named = "8-0f1e0f1e0f1e.tsr" if tampering == "renamed" else place.name
    with pytest.raises(RegisterBroken, match=named):
        checked(told)


def test_a_stamp_by_another_authority_is_found_only_with_the_right_certificates(
    told: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, authority: Served
) -> None:
    forger = Authority(tmp_path / "forger")
    monkeypatch.setattr(authority, "answer", forger.answer)
    stamp(told, HEAD, NOW)
    assert checked(told.model_copy(update={"timestamp_ca": None})) == (1, 7, False)
    with pytest.raises(RegisterBroken, match="no valid time stamp"):
        checked(told)


def test_files_beside_the_stamps_are_left_alone(told: Settings) -> None:
    stamp(told, HEAD, NOW)
    (folder_of(told) / "notes.txt").write_text("anything")
    (folder_of(told) / "waiting.json").write_text("no json")
    assert len(stamps(folder_of(told))) == 1
    assert waiting(folder_of(told)) is None


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_can_not_be_read_are_told(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    with pytest.raises(BadSetting, match="DOSSIER_TIMESTAMP_CA"):
        roots_in(tmp_path / "ca.pem")


def test_what_waits_is_kept_as_json_that_people_can_read(told: Settings, authority: Served) -> None:
    authority.away = True
    stamp(told, HEAD, NOW)
    assert set(json.loads((folder_of(told) / "waiting.json").read_text("utf-8"))) == {"since", "tried", "why"}

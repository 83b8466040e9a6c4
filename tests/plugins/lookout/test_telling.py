from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
from pathlib import Path

import pytest

from plugins.lookout.message import Message
from plugins.lookout.telling import SIGNATURE, TIMESTAMP, Untold, tell
from plugins.settings import Settings
from tests.plugins.conftest import NOON
from tests.plugins.lookout.post_box import certificate, mails, posts
from tests.servers.starting import free_port

SECRET = "s" * 24
MESSAGE = Message(
    "began", "dms", "文档系统不可达。The DMS does not answer.", "看日志。", NOON, NOON, "江州置业"
)


def _set(settings: Settings, **told: object) -> Settings:
    return settings.model_copy(update=told)


def test_a_post_is_json_signed_with_the_secret(settings: Settings) -> None:
    with posts() as box:
        tell(_set(settings, alarm_url=f"http://127.0.0.1:{box.port}/", alarm_secret=SECRET), MESSAGE)
    ((body,), (headers,)) = box.bodies, box.said
    signed = hmac.new(SECRET.encode(), headers[TIMESTAMP].encode() + b"." + body, hashlib.sha256)
    assert headers[SIGNATURE] == f"sha256={signed.hexdigest()}"
    told = json.loads(body)
    assert (told["word"], told["trouble"], told["since"]) == ("began", "dms", "2026-03-02T12:00:00+00:00")
    assert "文档系统不可达" in told["text"]


@pytest.mark.parametrize("answer", [302, 403, 500])
def test_whoever_does_not_take_a_post_was_not_told(settings: Settings, answer: int) -> None:
    with posts() as box:
        box.answer = answer
        with pytest.raises(Untold, match=str(answer)):
            tell(_set(settings, alarm_url=f"http://127.0.0.1:{box.port}/x", alarm_secret=SECRET), MESSAGE)
    assert len(box.bodies) == 1


def test_a_failure_does_not_repeat_an_address_that_may_hold_a_secret(settings: Settings) -> None:
    url = f"http://127.0.0.1:{free_port()}/hook?key=verysecret"
    with pytest.raises(Untold) as failed:
        tell(_set(settings, alarm_url=url, alarm_secret=SECRET), MESSAGE)
    assert "verysecret" not in str(failed.value)


def test_a_mail_goes_behind_starttls_with_its_password(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(known))
    with mails(known) as box:
        told = _set(
            settings,
            alarm_smtp=f"127.0.0.1:{box.port}",
            alarm_mail_to="it@example.com, night@example.com",
            alarm_mail_from="dossier@example.com",
            alarm_smtp_user="dossier",
            alarm_smtp_password="geheim",
        )
        tell(told, MESSAGE)
    password = base64.b64encode(b"\0dossier\0geheim")
    assert (True, b"AUTH PLAIN " + password) in box.said
    assert {line for closed, line in box.said if line.startswith(b"rcpt") and closed} == {
        b"rcpt TO:<it@example.com>",
        b"rcpt TO:<night@example.com>",
    }
    (body,) = box.bodies
    mail = email.message_from_bytes(body, policy=email.policy.default)
    assert mail["Subject"] == "[dossier] 出现问题 trouble: dms"
    assert "文档系统不可达" in mail.get_content()


def test_nothing_is_said_to_a_mail_server_that_is_not_the_right_one(
    settings: Settings, tmp_path: Path
) -> None:
    with mails(certificate(tmp_path)) as box:
        told = {"alarm_smtp": f"127.0.0.1:{box.port}", "alarm_mail_to": "a@example.com"}
        with pytest.raises(Untold, match="SSLCertVerificationError"):
            tell(_set(settings, alarm_mail_from="d@example.com", **told), MESSAGE)
    assert box.bodies == []


def test_one_way_that_works_is_enough(settings: Settings) -> None:
    with mails(None) as box:
        told = _set(
            settings,
            alarm_url=f"http://127.0.0.1:{free_port()}/",
            alarm_secret=SECRET,
            alarm_smtp=f"127.0.0.1:{box.port}",
            alarm_smtp_tls="off",
            alarm_mail_to="it@example.com",
            alarm_mail_from="d@example.com",
        )
        tell(told, MESSAGE)
    assert len(box.bodies) == 1

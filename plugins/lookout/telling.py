"""Telling of trouble: a signed POST, a mail, or both. Each is bounded in time; what goes wrong is an Untold."""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
import time
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import requests

from plugins.logs import log
from plugins.lookout.alarm_settings import LookoutSettings
from plugins.lookout.message import Message, message_json

SIGNATURE, TIMESTAMP = "X-Dossier-Signature", "X-Dossier-Timestamp"
"""Headers: `sha256=` and the HMAC, in hexadecimal places, of the timestamp, a dot and the body."""

_SECONDS = 10.0
_MAIL_PORT = 587


class Untold(Exception):
    """A way on which the message did not get out: which, and the sort of error."""


def tell(settings: LookoutSettings, message: Message) -> None:
    """Tell on every way that is set; raises Untold where not one of them has worked."""
    ways = [("webhook", _post, settings.alarm_url), ("mail", _mail, settings.alarm_mail_to)]
    failed, told = [], 0
    for name, way, is_set in ways:
        if not is_set:
            continue
        try:
            way(settings, message)
        except (requests.RequestException, OSError, smtplib.SMTPException, ValueError) as error:
            failed.append(f"{name}: {_sort_of(error)}")
            log().warning("not told on this way", code=name, reason=failed[-1])
        else:
            told += 1
    if not told:
        raise Untold(", ".join(failed) or "no way is set")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What the header says for that body: whoever knows the secret can see that it is ours, and not an old one."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _post(settings: LookoutSettings, message: Message) -> None:
    body = json.dumps(message_json(message), ensure_ascii=False).encode()
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        TIMESTAMP: timestamp,
        SIGNATURE: signature(settings.alarm_secret, timestamp, body),
    }
    answer = requests.post(
        settings.alarm_url,
        data=body,
        headers=headers,
        timeout=_SECONDS,
        # Whoever redirects a signed message elsewhere is not who it was meant for.
        allow_redirects=False,
    )
    if not 200 <= answer.status_code < 300:
        raise requests.HTTPError(str(answer.status_code))


def _mail(settings: LookoutSettings, message: Message) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = settings.alarm_mail_from, settings.alarm_mail_to
    mail["Subject"], mail["Date"], mail["Message-ID"] = message.subject, formatdate(), make_msgid("dossier")
    mail.set_content(message.text)
    host, _, port = settings.alarm_smtp.partition(":")
    known = ssl.create_default_context()
    if settings.alarm_smtp_tls == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, int(port or 465), timeout=_SECONDS, context=known)
    else:
        server = smtplib.SMTP(host, int(port or _MAIL_PORT), timeout=_SECONDS)
    with server:
        if settings.alarm_smtp_tls == "starttls":
            server.starttls(context=known)
        if settings.alarm_smtp_user:
            server.login(settings.alarm_smtp_user, settings.alarm_smtp_password)
        server.send_message(mail)


def _sort_of(error: BaseException) -> str:
    """Not its message: that may hold an address with a secret in it."""
    if isinstance(error, requests.HTTPError):
        return f"HTTP {error}"
    return type(error).__name__

"""`dossier post-consume`: what paperless-ngx calls after it has taken in a document."""

from __future__ import annotations

import os
import re
import sys

import sqlalchemy as sa

from plugins import database
from plugins.cli.starting import load_settings
from plugins.errors import BadSetting, DatabaseUnavailable
from plugins.sweeping import asked
from plugins.wiring import now

EXAMPLES = "例 Example: `DOCUMENT_ID=12 dossier post-consume`; 见 docs/paperless.md"
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def command() -> None:
    """由 paperless-ngx 的 PAPERLESS_POST_CONSUME_SCRIPT 调用，排入队列。Puts the document into the sweep's queue."""
    number = os.environ.get("DOCUMENT_ID", "")
    # Whatever is wrong here, the exit code is 0: any other makes paperless-ngx fail the document, and
    # `dossier sweep` finds it anyway.
    if not _NUMBER.fullmatch(number):
        _say("DOCUMENT_ID 无效 is no number: this is called by paperless-ngx, which sets it")
        return
    try:
        engine = database.connect(load_settings().database)
        with engine.begin() as connection:
            asked.ask(connection, [number], "post-consume", now())
        engine.dispose()
    except (BadSetting, DatabaseUnavailable, sa.exc.SQLAlchemyError) as error:
        _say(f"未能排入队列，dossier sweep 会找到它 not queued, a sweep will find it: {error}")


def _say(line: str) -> None:
    print(f"dossier: {line}", file=sys.stderr)

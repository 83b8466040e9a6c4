from __future__ import annotations

import json
import socket
import urllib.request
from pathlib import Path

import pytest

from plugins.errors import BadWord
from plugins.lookout import alarm, outside
from plugins.lookout.post import Post
from plugins.lookout.presence import Sight
from plugins.wiring import Archive
from tests.plugins.lookout.post_box import posts
from tests.plugins.running import wait
from tests.servers.starting import free_port


def test_beside_a_watcher_questions_are_answered_and_troubles_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm, "EVERY", 0.05)
    monkeypatch.setattr(outside, "EVERY", 0.05)
    with posts() as box:
        told = {
            "alarm_url": f"http://127.0.0.1:{box.port}/",
            "alarm_secret": "s" * 16,
            "alarm_away_minutes": 0,
        }
        settings = archive.settings.model_copy(update=told)
        settings.inbox_folder.mkdir()
        bind = f"127.0.0.1:{free_port()}"
        post = Post(settings, archive.rules, archive.engine, bind)
        # At work first, or the alarm may see that nobody watches.
        with post.at_work("watch", lambda: Sight(1)), post.looking(alarm=True):
            wait(lambda: _is_well(bind))
            assert _is_well(bind)
            settings.inbox_folder.rmdir()
            wait(lambda: box.bodies)
            settings.inbox_folder.mkdir()
            wait(lambda: len(box.bodies) > 1)
    assert [(one["trouble"], one["word"]) for one in map(json.loads, box.bodies[:2])] == [
        ("inbox", "began"),
        ("inbox", "over"),
    ]


def test_an_address_that_is_taken_is_told_before_anything_begins(archive: Archive) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        post = Post(archive.settings, archive.rules, archive.engine, bind)
        with pytest.raises(BadWord, match="another port"), post.looking(alarm=False):
            pytest.fail("it began")


def test_where_nothing_is_set_nothing_runs(archive: Archive, tmp_path: Path) -> None:
    with Post(archive.settings, archive.rules, archive.engine).looking(alarm=True):
        pass


def _is_well(bind: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://{bind}/healthz", timeout=60) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False

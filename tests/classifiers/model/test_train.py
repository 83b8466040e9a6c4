from __future__ import annotations

import sys
from pathlib import Path

import pytest

from classifiers.model import learnt, train
from tests.classifiers.model.little import texts

ROW = "[[text]]\nkind = '{}'\nmaker = '{}'\nhard = {}\nlines = '''\n{}\n'''\n"


def test_one_command_makes_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (
        ROW.format(text.kind, text.maker, str(text.hard).lower(), "\n".join(text.lines)) for text in texts()
    )
    (tmp_path / "little.toml").write_text("".join(rows), encoding="utf-8")
    words = ["train", "--texts", str(tmp_path), "--out", str(tmp_path / "m.npz"), "--scans", "1"]
    monkeypatch.setattr(sys, "argv", [*words, "--date", "2026-01-05"])
    train.main()
    assert learnt.load(tmp_path / "m.npz").about.date == "2026-01-05"
    assert "category_right" in capsys.readouterr().out

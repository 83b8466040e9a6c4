"""A process for one document alone: started, bounded in time, ended with all that it started."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

_MODULE = "plugins.paperless_native.program"
_GRACE = 10.0
"""Seconds for the program to end its own children."""


class Ended(Exception):
    """It could not be started, took too long, or was ended; the message says which."""


def run(
    program: str, words: list[str], folder: Path, environment: Mapping[str, str], seconds: float
) -> tuple[int, str]:
    """The exit code of `program` called with `words`, and the last line that it said; raises Ended."""
    said = folder / "said.txt"
    # -P: what lies in the folder in which paperless works is no module of ours.
    command = [program, "-P", "-m", _MODULE, *words]
    with said.open("wb") as errors:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                cwd=folder,
                env=dict(environment),
                process_group=0,
            )
        except OSError as error:
            raise Ended(f"{program} can not be started: {error.strerror}") from error
        code = _ended(process, seconds)
    if code < 0:
        name = signal.Signals(-code).name
        raise Ended(f"the reading was ended by {name} (too slow a page, or out of memory)")
    lines = said.read_text(encoding="utf-8", errors="replace").split("\n")
    return code, next((line.strip() for line in reversed(lines) if line.strip()), "")


def _ended(process: subprocess.Popen[bytes], seconds: float) -> int:
    """The exit code; whatever happens to us meanwhile, the program does not outlive this."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise Ended(f"reading took more than {seconds:.0f} seconds") from error
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

"""Memory and CPU are those of the workers."""

from __future__ import annotations

import subprocess
import sys

import pytest

from benchmarks.measure import processes

_BUSY = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = bytearray(90_000_000); sum(range(20_000_000))'])"


@pytest.mark.skipif(sys.platform != "linux", reason="the figures come from /proc")
def test_the_memory_and_the_cpu_time_of_grandchildren_are_counted() -> None:
    with subprocess.Popen([sys.executable, "-c", _BUSY + "; input()"], stdin=subprocess.PIPE) as child:
        with processes.Memory(child.pid, every=0.05) as memory:
            while not memory.highest or len(processes.family(child.pid)) > 1:
                assert child.poll() is None
        spent = processes.cpu_seconds(child.pid)
        child.communicate(b"\n")
    assert memory.highest > 80
    assert spent > 0.1

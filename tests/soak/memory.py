"""What memory the spared programs use, sampled as long as they run."""

from __future__ import annotations

import statistics
import threading
from collections import defaultdict
from pathlib import Path

from tests.soak.office import Office, children, workers_of

_EVERY = 3.0
_MORE, _MORE_MB = 1.10, 12.0
"""So much more the last third may use than the first one: what is loaded once, late, is no leak."""


class Memory(threading.Thread):
    """Samples the resident memory of the spared posts' processes, in MB, by the post's name."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="memory", daemon=True)
        self.stop = threading.Event()
        self.samples: dict[str, list[float]] = defaultdict(list)
        self._office = office

    def run(self) -> None:
        """Sample until it is told to stop."""
        while not self.stop.wait(_EVERY):
            for post in self._office.posts:
                pids = workers_of(post) if post.spared else []
                if pids:
                    self.samples[post.name].append(max(map(_resident, pids)))
                    below = [_resident(one) for pid in pids for one in children(pid)]
                    self.samples[f"{post.name}, below it"].append(max(below, default=0.0))

    def thirds(self) -> dict[str, tuple[float, float]]:
        """The median of the first third and of the last third, by post."""
        return {
            name: (
                statistics.median(found[: max(1, len(found) // 3)]),
                statistics.median(found[-max(1, len(found) // 3) :]),
            )
            for name, found in self.samples.items()
        }


def is_flat(first: float, last: float) -> bool:
    """Whether the last third uses no more than the first one, but for what is loaded late."""
    return last <= first * _MORE + _MORE_MB


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)

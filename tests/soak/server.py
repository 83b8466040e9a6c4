"""A paperless-ngx that answers as badly as it is told to, for as long as it is told to."""

from __future__ import annotations

import contextlib
import hashlib
import random
import threading
import time
from collections.abc import Iterator

from tests.plugins.faulty import KINDS, Countdown, faulty
from tests.plugins.paperless.fake import FakePaperless
from tests.plugins.paperless.wire import Answer, Asked

MOODS = (*(kind for kind in KINDS if kind != "slow"), "slow", "silent", "mixed")
"""How it may answer: as `faulty` says, slowly, not at all, or each request in a way of its own."""


class _Always(Countdown):
    def strikes(self) -> bool:
        return True


class MoodyPaperless(FakePaperless):
    """It allows the same bytes twice, as the real one does by default: who sends them twice is found out."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.requests = 0
        self.mood = ""
        self._chance = random.Random(seed)
        self._one = threading.RLock()
        self._sums: dict[int, str] = {}
        self._calm = threading.Event()
        self._calm.set()

    @contextlib.contextmanager
    def in_mood(self, mood: str) -> Iterator[None]:
        """Answer so for as long as the context lasts."""
        self._calm.clear()
        self.mood = mood
        try:
            yield
        finally:
            self.mood = ""
            self._calm.set()

    def serve(self, asked: Asked) -> Answer:
        """What whoever asks gets to hear."""
        with self._one:
            self.requests += 1
            mood = self.mood
            if mood == "mixed":
                mood = self._chance.choice([*KINDS, "", "", ""])
        if not mood:
            return self._right(asked)
        if mood == "slow":
            time.sleep(self._chance.uniform(0.5, 3.0))
            return self._right(asked)
        if mood == "silent":
            # Done, and nobody hears of it.
            self._right(asked)
            self._calm.wait(70)
            return Answer(0)
        return faulty(self._right, _Always(0), mood)(asked)

    def _right(self, asked: Asked) -> Answer:
        with self._one:
            return self(asked)

    def _list(self, asked: Asked) -> Answer:
        # The fake computes every checksum anew each time; over thousands of documents that is all that it would do.
        wanted = asked.one("checksum__iexact")
        if not wanted:
            return super()._list(asked)
        for number, document in self.documents.items():
            if number not in self._sums:
                self._sums[number] = hashlib.sha256(document["bytes"]).hexdigest()
        found = [one for number, one in self.documents.items() if self._sums[number] == wanted]
        return self._rows([self._shown(one) for one in found])

"""Tests of believing for some minutes what was looked up."""

from __future__ import annotations

from plugins.paperless.client.remembered import BELIEVED, Remembered


class Looking:
    """What is looked up, another number each time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.looks = 0
        self.known = Remembered(lambda: self.now)

    def get(self, resource: str, name: str) -> int:
        def look() -> int:
            self.looks += 1
            return self.looks

        return self.known.get(resource, name, look)


def test_the_same_name_is_looked_up_once_and_another_by_itself() -> None:
    looking = Looking()
    found = [looking.get(*asked) for asked in (("tags", "a"), ("tags", "a"), ("tags", "b"), ("types", "a"))]
    assert found == [1, 1, 2, 3]


def test_after_some_minutes_it_is_looked_up_anew() -> None:
    looking = Looking()
    looking.get("tags", "a")
    looking.now = BELIEVED - 1
    assert looking.get("tags", "a") == 1
    looking.now = BELIEVED
    assert looking.get("tags", "a") == 2


def test_what_is_forgotten_is_looked_up_anew() -> None:
    looking = Looking()
    looking.get("tags", "a")
    looking.known.forget()
    assert looking.get("tags", "a") == 2

"""The table that a soak prints in the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.soak.judging import Account
from tests.soak.ledger import Ledger
from tests.soak.memory import Memory, is_flat
from tests.soak.office import Office


@dataclass(frozen=True)
class Times:
    """Seconds of faults, seconds until all had come to its end, where chance began, and how often the DMS was asked."""

    seconds: float
    drained: float
    seed: int
    requests: int


def tell(
    found: Account,
    ledger: Ledger,
    faults: Counter[str],
    memory: Memory,
    office: Office,
    times: Times,
) -> bool:
    """Print the account; whether all is as it must be."""
    print(f"\n{'fault':42} times")
    for what, count in sorted(faults.items()):
        print(f"{what:42} {count:5}")
    print(f"{'all':42} {faults.total():5}\n")
    for way, count in ledger.ways.most_common():
        print(f"{way:42} {count:5}")
    print(f"\n{'files written':42} {found.written:5}")
    print(f"{'filed':42} {found.filed:5}")
    for code, count in found.aside.most_common():
        print(f"{'set aside: ' + code:42} {count:5}")
    print(f"{'lost':42} {len(found.lost):5}")
    print(f"{'twice':42} {len(found.twice):5}\n")
    flat = True
    for name, (first, last) in memory.thirds().items():
        flat = flat and is_flat(first, last)
        print(f"RSS of {name:35} {first:6.0f} MB in the first third, {last:6.0f} MB in the last")
    for post in office.posts:
        print(f"{post.name + ' was started again':42} {sum(post.ends.values()):5}  {dict(post.ends)}")
    print(
        f"{times.seconds / 60:.0f} min of faults, {times.drained:.0f} s to the end, {times.requests} requests to the DMS, "
        f"seed {times.seed}"
    )
    for fault in (*found.lost, *found.twice, *found.faults):
        print(f"FAULT {fault}")
    if not flat:
        print("FAULT memory grows")
    return found.is_clean and flat

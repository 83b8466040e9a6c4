"""The office that holds and destroys (`tests.plugins.disposal_machine`), many thousand times; then what has happened in it.

    python -m tests.soak.disposing [--runs 10000]

Ends with an error, and what led to it, where anything that is held was ever destroyed, or a record has not exactly
one outcome.
"""

from __future__ import annotations

import argparse

from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test

from retention.disposing import witnesses
from tests.plugins.disposal_machine import TALLY, Office

STEPS = 12
"""So many things happen in each run."""


def main() -> None:
    """Run it, and print the tally."""
    parser = argparse.ArgumentParser(prog="./run soak disposing", description=main.__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    run(parser.parse_args().runs)
    for what, count in sorted(TALLY.items()):
        print(f"{count:10,}  {what}")
    print(f"{0:10,}  destroyed while held")


def run(runs: int) -> None:
    """So many runs of so many steps; raises what the first bad one raises."""
    # What a passphrase's hash costs is no matter here.
    cost, witnesses._COST = witnesses._COST, 16
    told = hypothesis_settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        # Without shrinking, which takes minutes: the first bad run is told as it was.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Office, settings=told)
    finally:
        witnesses._COST = cost


if __name__ == "__main__":
    main()

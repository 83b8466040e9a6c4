"""The disposition schedule 保管期限表: law and office rules as rows of data, each with its authority.

`load(path)` reads one strictly: an unknown key, a doubled id, a bad period, an unknown event or a row
without authority is an error that names file, row and remedy. What ships here are examples; every
company sets its own (国家档案局令第10号 art. 15).
"""

from __future__ import annotations

from pathlib import Path

from retention.schedule.loading import load, read
from retention.schedule.rule import Disposition, Rule, Schedule

EXAMPLE_HOME_SELLER = Path(__file__).with_name("example-home-seller.toml")
"""The example for a company that sells homes; marked as example, good for trying and for copying."""

EXAMPLE_PROPERTY_MANAGER = Path(__file__).with_name("example-property-manager.toml")
"""The example for a company that manages homes: its rows say by themselves which papers they are for."""

__all__ = [
    "EXAMPLE_HOME_SELLER",
    "EXAMPLE_PROPERTY_MANAGER",
    "Disposition",
    "Rule",
    "Schedule",
    "load",
    "read",
]

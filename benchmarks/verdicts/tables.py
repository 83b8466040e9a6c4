"""Tables: the figures as a person reads them."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table


def show(screen: Console, figures: dict[str, Any]) -> None:
    """Prints whatever has been measured."""
    for name, found in figures["sets"].items():
        screen.rule(f"[bold]{name}[/]: {found['note']}")
        _sides(screen, found)
        product = found["sides"].get("product")
        if product:
            _groups(screen, found["sides"])
            _kinds(screen, product["by_kind"])
            _calibration(screen, product["calibration"])
            _wrong(screen, product)
        if found["cpu"]:
            _cpu(screen, found["cpu"])


def _sides(screen: Console, found: dict[str, Any]) -> None:
    table = Table(title="categories and kinds", title_justify="left")
    for heading in (
        "side", "documents", "right", "hard right", "kind right", "filed unseen", "of these right", "kind of these",
        "with dossier", "of these right", "could be unseen*", "ECE", "our errors to theirs",
    ):  # fmt: skip
        table.add_column(heading, justify="left" if heading == "side" else "right")
    for name, side in found["sides"].items():
        sure, whole = side["operating"]["without_review"], side["operating"]["dossier_sure_too"]
        ratio = found["our_errors_to_theirs"].get(name)
        table.add_row(
            name,
            str(side["documents"]),
            *map(_percent, (side["right"], side["right_hard"], side["kind_right"])),
            *map(
                _percent,
                (sure["coverage"], sure["precision"], sure["kind_right"] if side["kind_right"] else None),
            ),
            *map(
                _percent, (whole["coverage"], whole["precision"], side["operating"]["could_be"]["coverage"])
            ),
            f"{side['calibration']['expected_error']:.3f}",
            "–" if ratio is None else f"{ratio:.3f}",
        )
    screen.print(table)
    screen.print("* the most that a bar on confidence could file with 99.5 % right", style="dim")


def _groups(screen: Console, sides: dict[str, Any]) -> None:
    table = Table(title="categories right, by group", title_justify="left")
    for heading in ("group", "documents", *sides):
        table.add_column(heading, justify="left" if heading == "group" else "right")
    for group in ("by_category", "by_hardness", "by_look"):
        for row, own in sides["product"][group].items():
            shares = (side[group][row] for side in sides.values())
            table.add_row(
                row, str(own["documents"]), *(_percent(one["right"] / one["documents"]) for one in shares)
            )
        table.add_section()
    screen.print(table)


def _kinds(screen: Console, groups: dict[str, Any]) -> None:
    weak = {name: row for name, row in groups.items() if row["kinds_right"] < row["kinds_known"]}
    table = Table(title="kinds that were not always right", title_justify="left")
    for heading in ("kind", "documents", "category right", "kind right"):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    for name, row in sorted(weak.items(), key=lambda pair: pair[1]["kinds_right"] / pair[1]["kinds_known"]):
        table.add_row(name, *(str(row[key]) for key in ("documents", "right", "kinds_right")))
    if weak:
        screen.print(table)


def _calibration(screen: Console, found: dict[str, Any]) -> None:
    table = Table(title=f"reliability: expected error {found['expected_error']:.3f}", title_justify="left")
    for heading in ("confidence", "documents", "mean", "right"):
        table.add_column(heading, justify="right")
    for row in found["table"]:
        span = f"{row['from']:.1f}-{row['to']:.1f}"
        table.add_row(span, str(row["documents"]), _percent(row["confidence"]), _percent(row["right"]))
    screen.print(table)


def _wrong(screen: Console, product: dict[str, Any]) -> None:
    if product["taken_for"]:
        pairs = (f"{name}: {count}" for name, count in product["taken_for"].items())
        screen.print("wrong: " + "; ".join(pairs))


def _cpu(screen: Console, cpu: dict[str, Any]) -> None:
    costs = ", ".join(
        f"{length} pages {row['ms_a_page']} (facts alone {row['facts_ms_a_page']})"
        for length, row in cpu.items()
        if length.isdecimal() and isinstance(row, dict)
    )
    screen.print(
        f"CPU ms a page without reading, {cpu['characters_a_page']} characters each: [bold]{costs}[/]; "
        f"a page of 100 costs {cpu['hundred_to_ten']} times one of 10; a full page ({cpu['full_page']['characters']} characters) "
        f"by itself: [bold]{cpu['full_page']['ms']} ms[/]"
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"

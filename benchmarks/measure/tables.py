"""Tables: the figures as a person reads them."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

_ERRORS = ("cer_mean", "cer_median", "cer_p90", "cer_max", "order_free", "numbers_found", "values_found")


def show(screen: Console, figures: dict[str, Any]) -> None:
    """Prints whatever has been measured."""
    for side, costs in figures.get("speed", {}).get("sides", {}).items():
        screen.print(
            f"[bold]{side}[/]: "
            + ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in costs.items())
        )
    for name, ratio in figures.get("speed", {}).get("ratios", {}).items():
        screen.print(f"{name.replace('_', ' ')}: [bold]{ratio}[/]")
    for name, sides in figures.get("quality", {}).items():
        for side, found in sides.items():
            _errors(screen, f"{name}: {side}", found)
        if len(sides) > 0:
            _fields(screen, name, sides)
    for name, rows in figures.get("worst", {}).items():
        _worst(screen, name, rows)
    if turned := figures.get("turned"):
        _turned(screen, turned)
    if soak := figures.get("soak"):
        _soak(screen, soak)


def _errors(screen: Console, title: str, found: dict[str, Any]) -> None:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for heading in ("scans", *_ERRORS):
        table.add_column(heading.replace("_", " "), justify="right")
    groups = [("upright", found["upright"]), ("turned", found["turned"])]
    groups += [(f"  {look}", row) for look, row in found["by_look"].items()]
    groups += [(f"  +{trait}", row) for trait, row in found["by_trait"].items()]
    for name, row in groups:
        if row:
            table.add_row(name, str(row["scans"]), *(_percent(row[key]) for key in _ERRORS))
    screen.print(table)
    if found["refused"]:
        screen.print(f"[red]refused:[/] {found['refused']}")
    screen.print(f"doubtful: {found['doubtful']} scans")


def _fields(screen: Console, name: str, sides: dict[str, Any]) -> None:
    table = Table(title=f"{name}: values that stand whole in the text", title_justify="left")
    for heading in ("field", "values", *sides):
        table.add_column(heading, justify="left" if heading == "field" else "right")
    fields = next(iter(sides.values()))["fields"]
    for field, row in fields.items():
        table.add_row(
            field, str(row["values"]), *(_percent(side["fields"][field]["found"]) for side in sides.values())
        )
    screen.print(table)


def _worst(screen: Console, name: str, rows: list[dict[str, Any]]) -> None:
    table = Table(title=f"{name}: the worst of the product", title_justify="left", show_lines=True)
    for heading in ("file", "look", "CER", "order-free", "missing", "added", "values lost, doubts"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        said = [*row["values_lost"], *row["doubtful"], *([row["refused"]] if row["refused"] else [])]
        table.add_row(
            row["file"],
            row["look"],
            _percent(row["cer"]),
            _percent(row["order_free"]),
            row["missing"],
            row["added"],
            "\n".join(said),
        )
    screen.print(table)


def _turned(screen: Console, turned: dict[str, Any]) -> None:
    table = Table(title="pages turned by", title_justify="left")
    for heading in ("degrees", "pages", "wrongly turned", "CER mean", "order-free"):
        table.add_column(heading, justify="right")
    for turn, row in turned["by_turn"].items():
        table.add_row(
            turn,
            str(row["pages"]),
            str(row["wrongly_turned"]),
            _percent(row["cer_mean"]),
            _percent(row["order_free"]),
        )
    screen.print(table)
    screen.print(
        f"wrongly set upright: [bold]{turned['wrongly_turned']} of {turned['turned_pages']}[/]",
        *turned["which"],
    )


def _soak(screen: Console, soak: dict[str, Any]) -> None:
    table = Table(title=f"one worker over {soak['pages']} pages", title_justify="left")
    for heading in ("after pages", "MB in memory", "MB of data", "highest MB"):
        table.add_column(heading, justify="right")
    for look in soak["looks"]:
        table.add_row(*(f"{look[key]:.0f}" for key in ("pages", "mb", "data_mb", "peak_mb")))
    screen.print(table)
    screen.print(
        f"at most [bold]{soak['peak_mb']} MB[/], {soak['mb_for_100_pages']} MB more for every 100 pages"
    )
    screen.print(f"refused: {soak['refused']} files")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}" if value >= 0.9995 or value == 0 else f"{value:.2%}"

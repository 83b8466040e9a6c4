"""Sheets: drafts and pictures made into clean pages, with the text that a person reads on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from benchmarks.drawn import certificates, contracts, court, forms, idcopies, letters, marks, receipts
from benchmarks.drawn.draft import Draft, Maker
from benchmarks.drawn.invented import Invention
from samples import sheet, wording
from samples.markup import Block, Foot, parse
from samples.papers import Layout, Paper, layout_of

_FOOT_MM = 20.0
_SHRINK = 0.93
_TRIAL_DPI = 100

Picturer = Callable[[Invention, int], tuple[Image.Image, str]]

DRAFTS: tuple[Maker, ...] = (
    contracts.sale,
    contracts.lease,
    contracts.loan,
    contracts.supplement,
    court.judgment,
    court.ruling,
    court.receipt_of_service,
    forms.subscription,
    forms.repair,
    forms.roster,
    forms.blanks,
    forms.evidence,
    letters.application,
    letters.notice,
    letters.power,
    letters.flyer,
)
PICTURES: dict[Picturer, tuple[str, str]] = {
    # what draws it: kind, category
    receipts.receipt: ("收款收据", "sales"),
    receipts.invoice: ("销售票据", "sales"),
    receipts.ledger: ("缴费明细", "other"),
    certificates.title: ("不动产权证书", "title"),
    certificates.old_title: ("房屋所有权证", "title"),
    certificates.marriage: ("结婚证", "title"),
    idcopies.idcopy: ("身份证复印件", "title"),
}


@dataclass(frozen=True)
class Clean:
    """Pages before anything befell them; `text` is what stands on all of them, `traits` what lies on them."""

    kind: str
    category: str
    pages: tuple[Image.Image, ...]
    text: str
    traits: tuple[str, ...] = ()


def of_draft(make: Maker, made: Invention, dpi: int) -> Clean:
    """The draft's pages, sealed now and then."""
    draft = make(made)
    paper = _fitting(draft)
    # The hand of whoever fills it in draws from a stream of its own, so that a retry changes nothing else.
    pages = sheet.draw(paper, dpi, np.random.default_rng(made.number(0, 2**31)))
    traits = _marked(pages[-1], draft, made, dpi)
    return Clean(draft.kind, draft.category, tuple(pages), "\n".join(wording.pages(paper)), traits)


def of_picture(draw: Picturer, made: Invention, dpi: int) -> Clean:
    """The picture as it lies on the glass: cut out by the scanner, or alone on an A4."""
    kind, category = PICTURES[draw]
    picture, text = draw(made, dpi)
    if max(picture.size) < round(290 / 25.4 * dpi) and made.number(0, 1):
        glass = Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), "white")
        room = (max(1, glass.width - picture.width), max(1, (glass.height - picture.height) // 2))
        glass.paste(picture, (made.number(0, room[0]), made.number(0, room[1])))
        picture = glass
    traits: tuple[str, ...] = ()
    if draw is not idcopies.idcopy and made.number(0, 2):
        marks.company(picture, made.city[0] + "登记专用", "（3）", dpi, made.rng)
        traits = ("seal",)
    return Clean(kind, category, (picture,), text, traits)


def spread(made: Invention, dpi: int) -> Clean:
    """An open booklet: two pages side by side, read left page first."""
    if made.number(0, 1):
        makers = made.some((contracts.lease, court.judgment, letters.power, forms.blanks, court.ruling), 2)
        left, right = (of_draft(make, made, dpi) for make in makers)
    else:
        left, right = (
            of_picture(draw, made, dpi)
            for draw in made.some((certificates.old_title, certificates.title, certificates.marriage), 2)
        )
    height = max(side.pages[0].height for side in (left, right))
    width = sum(side.pages[0].width for side in (left, right))
    both = Image.new("RGB", (width, height), "white")
    both.paste(left.pages[0], (0, 0))
    both.paste(right.pages[0], (left.pages[0].width, 0))
    _gutter(both, left.pages[0].width, dpi)
    texts = [side.text for side in (left, right)]
    return Clean(
        left.kind,
        left.category,
        (both,),
        "\n".join(texts),
        ("spread", *dict.fromkeys(left.traits + right.traits)),
    )


def _fitting(draft: Draft) -> Paper:
    """The draft as a paper, set smaller until nothing runs over the foot of a page."""
    blocks = parse(draft.text)
    layout = layout_of(draft.settings)
    while True:
        if all(_bottom(page, layout) <= layout.size[1] - _FOOT_MM * layout.size[1] / 297 for page in blocks):
            return Paper("", draft.category, draft.kind, "", "", (), "", (), layout, blocks)
        layout = replace(layout, points=layout.points * _SHRINK, leading=max(1.3, layout.leading * 0.97))


def _bottom(page: tuple[Block, ...], layout: Layout) -> float:
    """Where the last line of the page ends, in mm from the top."""
    tall = replace(layout, size=(layout.size[0], layout.size[1] * 2))
    unfooted = tuple(block for block in page if not isinstance(block, Foot))
    drawn = sheet.draw(
        Paper("", "", "", "", "", (), "", (), tall, (unfooted,)), _TRIAL_DPI, np.random.default_rng(0)
    )[0]
    dark = np.flatnonzero((np.asarray(drawn.convert("L")) < 200).any(axis=1))
    return float(dark.max()) / _TRIAL_DPI * 25.4 if len(dark) else 0.0


def _marked(page: Image.Image, draft: Draft, made: Invention, dpi: int) -> tuple[str, ...]:
    traits: list[str] = []
    if draft.seal and made.number(0, 3):
        marks.company(page, draft.seal, draft.label, dpi, made.rng)
        traits.append("seal")
    if draft.seal and made.number(0, 5) == 0:
        marks.oval(page, draft.seal, dpi, made.rng)
        traits.append("oval")
    people = made.fields.get("names", [])
    if people and made.number(0, 4) == 0:
        marks.square(page, people[0], dpi, made.rng)
        traits.append("square")
    if made.number(0, 5) == 0:
        marks.fingerprint(page, dpi, made.rng)
        traits.append("print")
    if made.number(0, 4) == 0:
        marks.scribble(page, dpi, made.rng)
        traits.append("scribble")
    if made.number(0, 11) == 0:
        page.paste(marks.watermark(page, made.pick(("内部资料", "仅供办理登记使用", "复印件")), dpi))
        traits.append("watermark")
    return tuple(traits)


def _gutter(both: Image.Image, middle: int, dpi: int) -> None:
    """The shadow in the fold of a booklet, dark in the middle and gone after a centimetre."""
    pixels = np.asarray(both, dtype=np.float32)
    away = np.abs(np.arange(both.width) - middle) / (4 / 25.4 * dpi)
    shade = 1 - 0.45 * np.exp(-away)
    both.paste(Image.fromarray((pixels * shade[None, :, None]).astype(np.uint8)))

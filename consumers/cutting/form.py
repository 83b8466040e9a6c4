"""The filled-in form of a PDF that is cut: every field goes with the page on which it is seen, and with no other."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

_INHERITED = ("/FT", "/Ff", "/V", "/DV", "/DA", "/Q", "/MaxLen", "/Opt", "/DS", "/RV")
"""What a field tells those below it (ISO 32000-1, 12.7.3.1 to 12.7.4)."""
_OF_THE_FORM = ("/DR", "/DA", "/Q", "/NeedAppearances")
_DEEPEST = 32


def free_fields(page: Page) -> None:
    """Make each field that is seen on the page whole in itself: its parents lead to what was typed on other pages."""
    for widget in _widgets(page):
        parents = list(_above(widget))
        names = [str(one.T) for one in (widget, *parents) if "/T" in one]
        for key in _INHERITED:
            held = next((one[key] for one in (widget, *parents) if key in one), None)
            if held is not None and key not in widget:
                widget[key] = held
        if names:
            widget.T = ".".join(reversed(names))
        if "/Parent" in widget:
            del widget["/Parent"]


def bring_form(whole: Pdf, part: Pdf) -> None:
    """Let `part` know the fields on its pages, without which readers leave out what was filled in."""
    form = whole.Root.get("/AcroForm")
    fields = [widget for page in part.pages for widget in _widgets(page)]
    if not isinstance(form, Dictionary) or not fields:
        return
    own = Dictionary(Fields=Array([part.make_indirect(field) for field in fields]))
    for key in _OF_THE_FORM:
        held = form.get(key)
        if held is not None:
            own[key] = part.copy_foreign(whole.make_indirect(held)) if isinstance(held, Dictionary) else held
    part.Root.AcroForm = part.make_indirect(own)


def _widgets(page: Page) -> Iterator[Dictionary]:
    notes = page.obj.get("/Annots")
    for note in notes if isinstance(notes, Array) else ():
        if isinstance(note, Dictionary) and note.get("/Subtype") == Name.Widget:
            yield note


def _above(widget: Dictionary) -> Iterator[Dictionary]:
    above: Object | None = widget.get("/Parent")
    for _ in range(_DEEPEST):
        if not isinstance(above, Dictionary):
            return
        yield above
        above = above.get("/Parent")

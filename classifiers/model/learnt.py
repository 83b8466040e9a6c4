"""A learnt model: what training found, where it came from, and whether it fits a taxonomy; kept in one file."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from classifiers.errors import BadModel
from classifiers.model.features import Features
from classifiers.model.linear import Linear
from classifiers.model.weighing import DOUBTS, UNSEEN, VOICES, Kinds, Margins, Weighing
from classifiers.taxonomy import Taxonomy

SHIPPED = Path(str(files("classifiers.model"))) / "customer-files.npz"
"""The model of the shipped taxonomy, learnt from the committed corpus."""

FORMAT = 2
_ABOUT = "about"
_WEIGHING = ("voices", "doubts")


class About(BaseModel):
    """Where a model comes from and how good it is.

    `drawers` are the categories that the `kinds` were in, one each; `categories` all of them, in the order of
    the model's columns behind the kinds. `corpus` is the SHA-256 of its texts, `seen` that of what rules and
    finders saw in some of them (`seen_in`; empty in older models), `date` the day of training (YYYY-MM-DD),
    `figures` were found on makers that were left out of training.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    taxonomy: str
    kinds: Annotated[tuple[str, ...], Field(min_length=2)]
    drawers: tuple[str, ...]
    categories: tuple[str, ...]
    corpus: str
    seen: str = ""
    texts: int
    seed: int
    date: str
    figures: dict[str, float]


@dataclass(frozen=True)
class Model:
    """A model that was learnt: its margins by the kinds of `about`, and how they are weighed."""

    about: About
    linear: Linear
    weighing: Weighing

    def fits(self, taxonomy: Taxonomy) -> bool:
        """Whether it can be used with a taxonomy: of its version, with all its kinds; there may be more."""
        known = {kind.id for kind in taxonomy.kind}
        return self.about.taxonomy == taxonomy.version and known.issuperset(self.about.kinds)

    def margins(self, features: Features, kinds: Kinds) -> Margins:
        """The margins for the kinds of a taxonomy that it fits.

        A kind that it has not learnt has the margin UNSEEN. Where such a kind's title stands on the paper and
        no other's says more, the model takes the paper for one of its own kinds only because it could not choose
        otherwise: then that kind has the margin of the likeliest one, and all others have UNSEEN.
        """
        found = self.linear.margins(features)
        count = len(self.about.kinds)
        learnt = dict(zip(self.about.kinds, found[:count], strict=True))
        drawers = dict(zip(self.about.categories, found[count:], strict=True))
        was_in = dict(zip(self.about.kinds, self.about.drawers, strict=True))
        now_in = [kinds.order[column] for column in kinds.categories]
        of_kinds = np.array([learnt.get(kind, UNSEEN) for kind in kinds.ids])
        of_drawers = np.array(
            [drawers.get(was_in.get(kind, now), UNSEEN) for kind, now in zip(kinds.ids, now_in, strict=True)]
        )
        titles = features.said[:, 0]
        named = np.array([kind not in learnt for kind in kinds.ids]) & (titles > 0) & (titles == titles.max())
        if not named.any():
            return Margins(of_kinds, of_drawers)
        return Margins(
            np.where(named, max(UNSEEN, of_kinds.max()), UNSEEN),
            np.where(named, max(UNSEEN, of_drawers.max()), UNSEEN),
        )

    def save(self, path: Path) -> None:
        """Write it; the same model gives the same bytes."""
        arrays = {field.name: getattr(self.linear, field.name) for field in fields(Linear)}
        arrays |= {name: getattr(self.weighing, name) for name in _WEIGHING}
        about = json.dumps(self.about.model_dump(), ensure_ascii=False, sort_keys=True)
        arrays[_ABOUT] = np.frombuffer(about.encode(), np.uint8)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
            for name, array in arrays.items():
                written = io.BytesIO()
                np.save(written, array, allow_pickle=False)
                # ZipInfo's own date is fixed; the clock would change the bytes.
                entry = zipfile.ZipInfo(f"{name}.npy")
                entry.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(entry, written.getvalue())


def load(path: Path = SHIPPED) -> Model:
    """Read a model; raises BadModel with what to do where the file is none or of another making."""
    remedy = "make another with `python -m classifiers.model.train`"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            about = About.model_validate_json(kept[_ABOUT].tobytes())
            linear = Linear(**{field.name: kept[field.name] for field in fields(Linear)})
            weighing = Weighing(*(kept[name] for name in _WEIGHING))
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadModel(f"{path}: is no model that can be read ({error}); {remedy}") from error
    columns = len(about.kinds) + len(about.categories)
    whole = (
        linear.steps.shape == (len(linear.vocabulary), columns)
        and weighing.voices.shape == (len(VOICES),)
        and weighing.doubts.shape == (len(DOUBTS) + 1,)
    )
    if about.format != FORMAT or not whole:
        raise BadModel(f"{path}: was made by another version of the program; {remedy}")
    return Model(about, linear, weighing)


@cache
def shipped() -> Model:
    """The shipped model, read once."""
    return load(SHIPPED)

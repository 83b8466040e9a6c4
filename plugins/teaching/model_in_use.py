"""Which model judges: the archive's own where one was learnt and fits the taxonomy, the shipped one otherwise.

`HOME/model/in-use.json` says which file it is and which one was before it; the files are never changed, so one
replace of that small file takes a model, or goes back to the one before. A program that runs goes on with the model
that it has begun with.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from classifiers.errors import BadModel
from classifiers.model import learnt
from classifiers.model.learnt import Model
from classifiers.taxonomy import Taxonomy
from plugins.errors import BadWord

_NOTE = "in-use.json"


class Learnt(BaseModel):
    """A model of the archive's own: its file, when and by whom it was taken, the papers that it has learnt from."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    file: str
    at: str
    by: str
    learnt_from: tuple[str, ...]
    errors_before: int
    errors: int
    held_out: int


class Note(BaseModel):
    """What `in-use.json` says; None stands for the shipped model."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    current: Learnt | None = None
    previous: Learnt | None = None


@dataclass(frozen=True)
class ModelInUse:
    """The model that judges. `note` is None for the shipped one; `passed_over` says why the archive's own is not used."""

    model: Model
    note: Learnt | None
    passed_over: str = ""


def open_model(home: Path, taxonomy: Taxonomy) -> ModelInUse:
    """The model to judge with; raises BadModel where not even the shipped one can be read."""
    try:
        note = read_note(home).current
        if note is None:
            return ModelInUse(learnt.shipped(), None)
        own = learnt.load(home / "model" / note.file)
    except BadModel as error:
        return ModelInUse(learnt.shipped(), None, str(error))
    if not own.fits(taxonomy):
        why = f"{note.file} was learnt for another taxonomy ({own.about.taxonomy}); run `dossier learn` for this one"
        return ModelInUse(learnt.shipped(), None, why)
    return ModelInUse(own, note)


def read_note(home: Path) -> Note:
    """What is in use; raises BadModel where the note is damaged."""
    path = home / "model" / _NOTE
    try:
        return Note.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Note()
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise BadModel(
            f"{path}: can not be read ({type(error).__name__}); remove it to use the shipped model"
        ) from error


def write_model(home: Path, model: Model) -> str:
    """Write the model beside the others, on the disk before this ends; gives back the file's name."""
    folder = home / "model"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f"{os.getpid()}.part"
    model.save(part)
    content = part.read_bytes()
    name = f"{model.about.date}-{hashlib.sha256(content).hexdigest()[:12]}.npz"
    _sync(part)
    part.replace(folder / name)
    return name


def take(home: Path, note: Learnt) -> None:
    """Use that model from now on; the one in use so far becomes the one to go back to, older ones go."""
    _write_note(home, Note(current=note, previous=read_note(home).current))


def back(home: Path) -> Note:
    """Use the model before the present one; the same again undoes it. Raises BadWord where there was none."""
    was = read_note(home)
    if was.current is None and was.previous is None:
        raise BadWord(
            "--back: 从未学得模型，用的就是随附的。no model was ever learnt here; the shipped one is in use"
        )
    now = Note(current=was.previous, previous=was.current)
    _write_note(home, now)
    return now


def _write_note(home: Path, note: Note) -> None:
    folder = home / "model"
    part = folder / f"{_NOTE}.{os.getpid()}.part"
    part.write_text(note.model_dump_json(indent=1), encoding="utf-8")
    _sync(part)
    part.replace(folder / _NOTE)
    _sync(folder)
    kept = {one.file for one in (note.current, note.previous) if one is not None}
    for path in folder.glob("*.npz"):
        if path.name not in kept:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

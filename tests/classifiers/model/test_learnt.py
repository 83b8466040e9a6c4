from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from classifiers import taxonomy
from classifiers.corpus import writing
from classifiers.errors import BadModel
from classifiers.evidence import evidence
from classifiers.model.features import features
from classifiers.model.learnt import SHIPPED, load, shipped
from classifiers.model.sample import seen_in
from classifiers.model.weighing import UNSEEN, Kinds
from classifiers.taxonomy import Kind, Taxonomy
from tests.classifiers.model.little import TAXONOMY, model
from tests.classifiers.pages import transcript

PAGE = transcript("民事判决书\n原告诉被告一案，本院审理终结，判决如下")


def _with(change: dict[str, object], kind: dict[str, object] | None = None) -> Taxonomy:
    rows = TAXONOMY.kind
    if kind is not None:
        rows = (*rows, Kind.model_validate(rows[0].model_dump() | kind))
    return TAXONOMY.model_copy(update={"kind": rows, **change})


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    model().save(tmp_path / "model.npz")
    again = load(tmp_path / "model.npz")
    kinds = Kinds.of(TAXONOMY)
    seen = features(PAGE, evidence(PAGE, TAXONOMY), kinds.ids)
    assert again.about == model().about
    assert np.array_equal(again.margins(seen, kinds).kind, model().margins(seen, kinds).kind)


def test_a_model_holds_no_pickled_object(tmp_path: Path) -> None:
    model().save(tmp_path / "model.npz")
    with np.load(tmp_path / "model.npz", allow_pickle=False) as kept:
        assert all(kept[name].dtype != object for name in kept.files)


@pytest.mark.parametrize("rubbish", [b"", b"no model", b"PK\x03\x04rest"])
def test_a_file_that_is_no_model_is_told_with_what_to_do(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "model.npz").write_bytes(rubbish)
    with pytest.raises(BadModel, match=r"classifiers\.model\.train"):
        load(tmp_path / "model.npz")


def test_a_model_that_lacks_a_part_is_told(tmp_path: Path) -> None:
    model().save(tmp_path / "whole.npz")
    with (
        zipfile.ZipFile(tmp_path / "whole.npz") as whole,
        zipfile.ZipFile(tmp_path / "part.npz", "w") as part,
    ):
        for name in whole.namelist():
            if name != "bias.npy":
                part.writestr(name, whole.read(name))
    with pytest.raises(BadModel, match="bias"):
        load(tmp_path / "part.npz")


def test_a_model_fits_a_taxonomy_that_has_more_kinds() -> None:
    assert model().fits(_with({}, {"id": "parking-space", "zh": "车位转让协议"}))


def test_a_model_does_not_fit_another_version_or_fewer_kinds() -> None:
    assert not model().fits(_with({"version": "1999-01"}))
    assert not model().fits(_with({"kind": tuple(k for k in TAXONOMY.kind if k.id != "receipt")}))


def test_a_kind_that_was_not_learnt_has_the_margin_of_the_unseen() -> None:
    kinds = Kinds.of(TAXONOMY)
    seen = features(PAGE, evidence(PAGE, TAXONOMY), kinds.ids)
    assert model().margins(seen, kinds).kind[kinds.ids.index("lease")] == UNSEEN


def test_a_kind_that_was_not_learnt_and_that_the_rules_prefer_is_as_likely_as_any() -> None:
    kinds = Kinds.of(TAXONOMY)
    lease = transcript("房屋租赁合同\n出租方将房屋租给承租方，租期一年，租金按月支付，押金两个月")
    margins = model().margins(features(lease, evidence(lease, TAXONOMY), kinds.ids), kinds).kind
    assert margins[kinds.ids.index("lease")] == margins.max()


def test_a_kind_that_was_not_learnt_is_not_taken_for_a_learnt_one_with_as_good_a_title() -> None:
    own = _with({}, {"id": "found-slip", "zh": "收款收据（代收水电）", "aliases": ("代收水电费收据",)})
    page = transcript("代收水电费收据\n今收到李丽交来购房定金人民币20000元，收款人王强\n第一联　存根")
    kinds = Kinds.of(own)
    margins = model().margins(features(page, evidence(page, own), kinds.ids), kinds).kind
    assert margins[kinds.ids.index("found-slip")] > margins[kinds.ids.index("receipt")]


def test_the_shipped_model_was_learnt_from_the_committed_corpus_for_the_shipped_taxonomy() -> None:
    about = shipped().about
    assert shipped().fits(taxonomy.load())
    assert set(about.kinds) == {kind.id for kind in taxonomy.load().kind}
    assert about.corpus == writing.fingerprint(writing.load()), "run `python -m classifiers.model.train`"


def test_rules_and_finders_see_what_they_saw_when_the_shipped_model_was_learnt() -> None:
    now = seen_in(writing.load(), taxonomy.load())
    assert shipped().about.seen == now, "run `python -m classifiers.model.train`"


def test_the_shipped_model_is_small() -> None:
    assert SHIPPED.stat().st_size < 5_000_000

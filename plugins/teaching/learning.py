"""Learning from corrections: a new model beside the old one, on papers that neither has seen; the better one is taken.

What is compared is not the two files. The model in use has seen the whole corpus, and on papers that one knows everybody
is right. So both are learnt anew without a part: once from what the model in use had, once with what people have
corrected since. Only where the second is better on the part left out is a model learnt from everything, and taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from classifiers import facts as finders
from classifiers.corpus import writing
from classifiers.corpus.sheets import scanned
from classifiers.corpus.writing import Text
from classifiers.judging import judge
from classifiers.model.learnt import Model
from classifiers.model.sample import folds
from classifiers.taxonomy import Taxonomy
from consumers.transcript import Transcript
from plugins.logs import log
from plugins.rereading.kept_text import transcript_of
from plugins.teaching import corrections
from plugins.wiring import Archive
from retention.errors import NoSuchRecord

WORSE = 0.01
"""No category may be right less often by more than this."""
_HELD_OUT = 0
_ONE_OF = 4
"""Of so many corrected papers one is left out, always the same one: it is told by the checksum."""
_TRIAL_SCANS = 2
_BRACES = str.maketrans("{}", "（）")
_NAME_SLOTS = ("person", "person2", "buyer2", "staff", "staff2", "agent", "owner", "seller", "clerk")


@dataclass(frozen=True)
class Corrected:
    """A paper whose kind a person has said: its text as it is now in the DMS, and the kind's id."""

    sha256: str
    kind: str
    transcript: Transcript

    @property
    def held_out(self) -> bool:
        """Whether it is among those that only measure."""
        return int(self.sha256[:8], 16) % _ONE_OF == 0


@dataclass(frozen=True)
class Held:
    """A paper that measures: its text and the id of its right kind."""

    transcript: Transcript
    kind: str


@dataclass(frozen=True)
class Figures:
    """How a model did on the part left out: right and all by category id, the sure ones among the wrong."""

    right: dict[str, int]
    all: dict[str, int]
    kinds_right: int
    sure_and_wrong: int

    @property
    def held_out(self) -> int:
        """How many papers measured."""
        return sum(self.all.values())

    @property
    def errors(self) -> int:
        """How many of them got a wrong category."""
        return self.held_out - sum(self.right.values())


@dataclass(frozen=True)
class Comparison:
    """Old and new on the same part, and the verdict in words."""

    old: Figures
    new: Figures
    taken: bool
    zh: str
    en: str


def compare(old: Figures, new: Figures) -> Comparison:
    """The rule: fewer wrong categories in all, or as many and more kinds right; no category worse by more than WORSE;
    no more that are wrong and sure.

    The last one stands because a wrong paper that nobody looks at costs more than ten that somebody does.
    """
    worse = [
        category
        for category, count in old.all.items()
        if count and (old.right[category] - new.right[category]) / count > WORSE
    ]
    told = f"类别错误 {old.errors} → {new.errors}，文种正确 {old.kinds_right} → {new.kinds_right}"
    if (new.errors, -new.kinds_right) >= (old.errors, -old.kinds_right):
        zh, en = f"{told}，没有变好", "neither fewer categories are wrong nor more kinds right"
    elif worse:
        zh, en = (
            f"类别 {'、'.join(worse)} 变差超过 {WORSE:.0%}",
            f"worse by more than {WORSE:.0%}: {', '.join(worse)}",
        )
    elif new.sure_and_wrong > old.sure_and_wrong:
        zh = f"不经人核对而归错的 {old.sure_and_wrong} → {new.sure_and_wrong}，变多了"
        en = "more would be filed wrongly without review"
    else:
        zh, en = (
            f"{told}，各类均未变差",
            "better, and no category is worse",
        )
        return Comparison(old, new, True, zh, en)
    return Comparison(old, new, False, zh, en)


def corrected(archive: Archive) -> tuple[Corrected, ...]:
    """The papers whose kind people have said, as far as their records live, hold the same bytes, and the kind exists."""
    kinds = {kind.zh: kind.id for kind in archive.rules.taxonomy.kind}
    with archive.engine.begin() as connection:
        said = corrections.last_kinds(connection)
    found = []
    for one in said:
        try:
            card = archive.dms.record(one.dms_id).card
            # A batch is several papers, each of which is a record of its own.
            same = card.sha256 == one.sha256 and not card.batch
            pages = archive.dms.text(one.dms_id) if same else ()
        except NoSuchRecord:
            continue
        if one.became in kinds and any(page.strip() for page in pages):
            found.append(Corrected(one.sha256, kinds[one.became], transcript_of(one.sha256, pages)))
    return tuple(found)


def masked(one: Corrected) -> Text:
    """The paper as a text of the corpus: people's names and addresses are slots, filled with made-up ones at each scan.

    So no name is learnt. Numbers need no mask: to the model every number is the same one.
    """
    text = one.transcript.text.translate(_BRACES)
    found = finders.find(one.transcript)
    names = sorted(
        {fact.value for fact in found if fact.name == "person_name"}, key=lambda name: (-len(name), name)
    )
    for index, name in enumerate(names):
        slot = _NAME_SLOTS[index] if index < len(_NAME_SLOTS) else ""
        text = text.replace(name, f"{{{slot}}}" if slot else "某某")
    for address in sorted({fact.quote for fact in found if fact.name == "address"}, key=len, reverse=True):
        if "{" not in address:
            text = text.replace(address, "{address}")
    lines = tuple(line for line in text.replace("\f", "\n").split("\n") if line.strip())
    return Text(one.kind, f"own-{one.sha256[:16]}", False, lines, f"correction:{one.sha256[:16]}")


def try_out(
    own: tuple[Corrected, ...], known: frozenset[str], taxonomy: Taxonomy, sure: float, on: date
) -> Comparison:
    """The comparison; `known` are the checksums of the papers that the model in use has learnt from."""
    texts = _corpus(taxonomy)
    parts = folds(texts)
    learnt = tuple(text for text, part in zip(texts, parts, strict=True) if part != _HELD_OUT)
    held = [
        Held(scanned(text, "held out"), text.kind)
        for text, part in zip(texts, parts, strict=True)
        if part == _HELD_OUT
    ]
    held += [Held(one.transcript, one.kind) for one in own if one.held_out]
    training = tuple(one for one in own if not one.held_out)
    before = tuple(masked(one) for one in training if one.sha256 in known)
    after = tuple(masked(one) for one in training)
    figures = []
    for what, more in (("as it is", before), ("with the corrections", after)):
        log().info("learning", what=what, texts=len(learnt) + len(more))
        model = _learn((*learnt, *more), taxonomy, on, _TRIAL_SCANS)
        figures.append(measure(model, held, taxonomy, sure))
    return compare(*figures)


def learn_all(own: tuple[Corrected, ...], taxonomy: Taxonomy, on: date) -> Model:
    """The model of the corpus and of all that people have corrected, those that measured before included."""
    texts = (*_corpus(taxonomy), *(masked(one) for one in own))
    log().info("learning", what="from everything", texts=len(texts))
    return _learn(texts, taxonomy, on)


def measure(model: Model, held: Iterable[Held], taxonomy: Taxonomy, sure: float) -> Figures:
    """How the model, with the rules, does on papers that it has not seen."""
    rows = {kind.id: kind for kind in taxonomy.kind}
    right, total = dict.fromkeys(taxonomy.categories, 0), dict.fromkeys(taxonomy.categories, 0)
    kinds_right = sure_and_wrong = 0
    for one in held:
        found, category = judge(one.transcript, taxonomy, model), rows[one.kind].category
        total[category] += 1
        right[category] += found.kind.category == category
        kinds_right += found.kind.id == one.kind
        sure_and_wrong += found.kind.category != category and found.confidence >= sure
    return Figures(right, total, kinds_right, sure_and_wrong)


def _corpus(taxonomy: Taxonomy) -> tuple[Text, ...]:
    """The texts of those kinds that the taxonomy has: it may be the company's own."""
    kinds = {kind.id for kind in taxonomy.kind}
    return tuple(text for text in writing.load() if text.kind in kinds)


def _learn(texts: tuple[Text, ...], taxonomy: Taxonomy, on: date, scans: int | None = None) -> Model:
    from threadpoolctl import threadpool_limits

    from classifiers.model.learning import learn

    # More threads would add up in another order, and the last digits with them.
    with threadpool_limits(1):
        if scans is None:
            return learn(texts, taxonomy, date=on.isoformat())
        return learn(texts, taxonomy, date=on.isoformat(), scans=scans)

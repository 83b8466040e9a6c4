"""Every label of one document with its reasons, in words for an archivist and as an object for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from classifiers import personal_data
from classifiers.confidentiality import Ladder, level_of, printed_level
from classifiers.explanation import Explanation, explain
from classifiers.labels import Reason, in_percent
from classifiers.parts import pages_of
from classifiers.parts.cover import illegible
from classifiers.personal_data import Found
from classifiers.taxonomy import OTHER
from consumers.transcript import Transcript
from plugins.archiving.card import dossier_doubt, review_reasons
from plugins.archiving.filing import Verdict, judge
from plugins.batches.parting import Parting
from plugins.masking import mask_id_numbers
from plugins.teaching.corrections import Correction
from plugins.wiring import Rules
from retention.record import Card
from retention.schedule import Rule

_RULES_ZH = {
    "title": "标题",
    "head": "页首用语",
    "strong": "特征用语",
    "word": "常用词",
    "against": "反面用语",
    "field": "应有项目",
    "seal": "印章",
    "table": "表头",
}
_FLAGS_ZH = {"none": "无", "personal": "个人信息", "sensitive": "敏感个人信息"}
_WHAT_ZH = {"kind": "文种", "category": "类别", "level": "密级", "dossier": "客户档案"}
_MOST_RULES = 8


@dataclass(frozen=True)
class Explained:
    """One document with everything that is known of why. Of a file with several, the principal part is explained.

    `batch_id` is the system's number of the batch that it was cut out of, where it was and that is known.
    """

    name: str
    verdict: Verdict
    explanation: Explanation
    people: tuple[Found, ...]
    level_reasons: tuple[Reason, ...]
    card: Card | None
    corrections: tuple[Correction, ...]
    batch_id: str = ""


def explained(
    name: str,
    transcript: Transcript,
    rules: Rules,
    sure: float,
    pepper: bytes,
    *,
    card: Card | None = None,
    corrections: tuple[Correction, ...] = (),
    parting: Parting = "propose",
) -> Explained:
    """The explanation of a document's labels, by the rules and the model of today; raises Refused for a state secret.

    What was filed as a batch or as a part is looked at as such, whatever `parting` says. Of what was filed, `transcript` is
    the text that the DMS keeps: that holds no barcodes, so that only what the filing could not read is called illegible.
    """
    if card is not None and (card.batch or card.part_of):
        parting = "split" if card.batch else "propose"
    verdict = judge(transcript, rules, sure, pepper, parting)
    if card is not None:
        verdict = _without_codes(verdict, transcript, card)
    principal = next((part for part in verdict.parts if part.labels.kind == verdict.labels.kind), None)
    pages = transcript if principal is None else pages_of(transcript, principal.range)
    there = {page.number for page in pages.pages}
    facts = tuple(fact for fact in verdict.facts if fact.page in there)
    found = explain(pages, rules.taxonomy, rules.model.model, facts)
    people = personal_data.found(transcript, verdict.facts)
    _, raised = _level(transcript, found, people, rules.ladder)
    return Explained(name, verdict, found, people, raised, card, corrections)


def _without_codes(verdict: Verdict, transcript: Transcript, card: Card) -> Verdict:
    claims = {why for page in transcript.pages for why in illegible(page.number).troubles}
    claims -= set(card.review_reasons)
    kept = tuple(why for why in verdict.labels.review_reasons if why not in claims)
    return replace(verdict, labels=replace(verdict.labels, review_reasons=kept))


def _level(
    transcript: Transcript, found: Explanation, people: tuple[Found, ...], ladder: Ladder
) -> tuple[str, tuple[Reason, ...]]:
    kind = found.judgement.kind
    mark = printed_level(transcript, ladder)
    concerns = kind.category != OTHER
    return level_of(kind.confidentiality, concerns_customer=concerns, mark=mark, found=people, ladder=ladder)


def in_words(one: Explained, rules: Rules, sure: float) -> list[str]:
    """The explanation, a line each, headings with ■ in front; ID numbers masked."""
    lines = [
        *_verdict(one, rules, sure),
        *_rules(one.explanation),
        *_grams(one.explanation),
        *_rivals(one.explanation, rules.taxonomy.categories),
        *_confidentiality(one),
        *_people(one),
        *_kept(rules.schedule.rules.get(one.verdict.labels.retention_rule)),
        *_filed(one, rules.taxonomy.categories),
        *_model(rules),
    ]
    return [mask_id_numbers(line) for line in lines]


def _verdict(one: Explained, rules: Rules, sure: float) -> list[str]:
    labels = one.verdict.labels
    lines = [
        f"■ 结论 {one.name}",
        f"  类别 {rules.taxonomy.categories[labels.category]}，文种 {labels.kind}，类别把握 {_sure(labels.confidence)}",
    ]
    if labels.confidence >= sure:
        lines.append(f"  把握达到门槛 {sure:.0%}（DOSSIER_SURE），类别不需人核对")
    else:
        lines.append(f"  把握低于门槛 {sure:.0%}（DOSSIER_SURE），须由人核对类别")
    doubts = review_reasons(labels, one.verdict.choice)
    lines += [f"  另须核对：{doubt}" for doubt in doubts if not doubt.startswith("类别把握")]
    lines += [
        f"  第 {part.range.first}–{part.range.last} 页：{part.labels.kind}，把握 {_sure(part.labels.confidence)}"
        for part in one.verdict.parts
    ]
    dossier = one.verdict.choice.key
    return [
        *lines,
        f"  客户档案 {dossier}：{'；'.join(one.verdict.choice.evidence)}" if dossier else "  客户档案 未定",
        *([f"  待归户：{doubt}"] if (doubt := dossier_doubt(labels, one.verdict.choice)) else []),
    ]


def _rules(found: Explanation) -> list[str]:
    if not found.rules:
        return ["■ 规则：这个文种没有一条规则命中，结论来自用字统计"]
    return [f"■ 规则（{found.judgement.kind.zh}）", *(_rule(reason) for reason in found.rules[:_MOST_RULES])]


def _rule(reason: Reason) -> str:
    sort, _, said = reason.rule.partition(":")
    named = _RULES_ZH.get(sort, sort)
    pattern = "" if sort == "title" else f"“{said}”" if said in _one_line(reason.quote) else f"（{said}）"
    return f"  {reason.weight:+5.1f}  {named}{pattern}，第 {reason.page} 页：“{_one_line(reason.quote)}”"


def _grams(found: Explanation) -> list[str]:
    if found.margins is None:
        return ["■ 用字统计：没有合用的模型，仅按规则判断"]
    kind, rival = found.judgement.kind.zh, found.rivals[0].kind.zh
    lines = [
        f"■ 用字统计：{kind} {found.margins[0]:+.2f}，{rival} {found.margins[1]:+.2f}（越大越像；各段后为所占分量）"
    ]
    lines += [f"  像{kind}：{_quotes(found.grams_for)}" if found.grams_for else f"  没有哪一段特别像{kind}"]
    lines += [
        f"  像{rival}：{_quotes(found.grams_against)}"
        if found.grams_against
        else f"  没有哪一段特别像{rival}"
    ]
    return lines


def _quotes(reasons: Iterable[Reason]) -> str:
    return "、".join(f"“{_one_line(one.quote)}”（第 {one.page} 页，{one.weight:+.2f}）" for one in reasons)


def _rivals(found: Explanation, categories: Mapping[str, str]) -> list[str]:
    chance = "" if found.chance is None else f"，本文种可能性 {found.chance:.0%}"
    lines = [f"■ 其次考虑{chance}"]
    for rival in found.rivals:
        might = "" if rival.chance is None else f"，可能性 {_percent(rival.chance)}"
        fired = (
            "、".join(f"“{_one_line(one.quote)}”{one.weight:+.1f}" for one in rival.rules[:3]) or "无规则命中"
        )
        lines.append(f"  {rival.kind.zh}（{categories[rival.kind.category]}{might}）：{fired}")
    return lines if found.rivals else [f"■ 其次考虑{chance}", "  没有别的文种值得考虑"]


def _sure(confidence: float) -> str:
    # Nobody is wholly sure, however the figure is rounded.
    return "99% 以上" if confidence >= 0.995 else in_percent(confidence)


def _percent(chance: float) -> str:
    return f"{chance:.0%}" if chance >= 0.01 else "不到 1%"


def _confidentiality(one: Explained) -> list[str]:
    kind, labels = one.explanation.judgement.kind, one.verdict.labels
    lines = [f"■ 密级 {labels.confidentiality}", f"  文种 {kind.zh} 定为 {kind.confidentiality}"]
    sorts = {f"personal:{each.row.id}": each.row.zh for each in one.people}
    for reason in one.level_reasons:
        if reason.rule == "level:customers":
            lines.append("  涉及客户，至少为内部")
        elif reason.rule in sorts:
            lines.append(f"  因含{sorts[reason.rule]}升级，第 {reason.page} 页：“{_one_line(reason.quote)}”")
        else:
            lines.append(f"  纸上印有标志，升级，第 {reason.page} 页：“{_one_line(reason.quote)}”")
    if one.verdict.parts:
        lines.append("  一个文件含多份材料，取其中最高的密级和最长的保管期限")
    return lines


def _people(one: Explained) -> list[str]:
    labels = one.verdict.labels
    lines = [f"■ 个人信息 {_FLAGS_ZH[labels.personal_data]}"]
    of_kind = one.explanation.judgement.kind.personal_data
    if of_kind != "none":
        lines.append(f"  文种 {one.explanation.judgement.kind.zh} 定为{_FLAGS_ZH[of_kind]}")
    for each in one.people:
        reason = each.reasons[0]
        lines.append(
            f"  {each.row.zh}（{_FLAGS_ZH[each.row.flag]}），第 {reason.page} 页：“{_one_line(reason.quote)}”。依据：{each.row.authority}"
        )
    names = {fact.name for fact in one.verdict.facts} & {"person_name", "phone"}
    if names and not one.people:
        lines.append("  纸上有姓名或电话（个人信息保护法第四条）")
    return lines


def _kept(rule: Rule | None) -> list[str]:
    if rule is None:
        return ["■ 保管期限 无规则：保管期限表无一条适用，只列出，不销毁"]
    return [f"■ 保管期限 {rule.period_zh}（{rule.name_zh}，{rule.id}）", f"  依据：{rule.authority}"]


def _filed(one: Explained, categories: Mapping[str, str]) -> list[str]:
    if one.card is None:
        return []
    card, labels = one.card, one.verdict.labels
    lines = [
        f"■ 归档时：{categories.get(card.category, card.category)}，{card.kind}，把握 {in_percent(card.confidence)}，{card.confidentiality}，"
        f"{'待核' if card.needs_review else '已归档'}"
    ]
    lines += [f"  须核对：{reason}" for reason in card.review_reasons]
    if card.batch:
        lines.append("  整批扫描件的原件，其中各件已分别归档；保管到最后一件为止")
    if card.part_of:
        number = f" {one.batch_id}" if one.batch_id else ""
        lines.append(
            f"  分自整批扫描件{number}（sha256 {card.part_of[:12]}…）第 {card.first_page}–{card.last_page} 页"
        )
    if card.dossier or card.dossier_doubt:
        why = "；".join(filter(None, (*card.dossier_evidence, card.dossier_doubt)))
        lines.append(f"  客户档案 {card.dossier or '待归户'}：{why}")
    if card.kind != labels.kind:
        lines.append(f"  与现在的判断（{labels.kind}）不同：以上说明的是今天的规则和模型怎样看这份文字")
    for each in one.corrections:
        why = f"，理由：{each.reason}" if each.reason else ""
        was, became = (categories.get(said, said) or "—" for said in (each.was, each.became))
        how = (
            f"更正{_WHAT_ZH[each.what]}：{was} → {became}"
            if was != became
            else f"确认{_WHAT_ZH[each.what]}：{was}"
        )
        lines.append(f"  {each.at[:10]} {each.who} {how}{why}")
    return lines


def _model(rules: Rules) -> list[str]:
    used = rules.model
    whose = f"本单位学得 {used.note.file}" if used.note else "随程序提供"
    return [f"■ 模型 {whose}，{used.model.about.date}"]


def _one_line(quote: str) -> str:
    return " ".join(quote.split())

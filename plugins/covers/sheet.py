"""What stands on a cover sheet: its code, and the same in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from classifiers.parts.cover import dossier_code, kind_code, separator_code
from classifiers.taxonomy import Kind, Taxonomy
from retention.households.dossier import DossierChoice


@dataclass(frozen=True)
class CoverSheet:
    """One sheet. `code` is what its barcode says, `title` its heading in Chinese and `title_en` in English, `name` the
    words to be read from afar, `lines` what else people want to know, `use` what to do with it (Chinese, English)."""

    code: str
    title: str
    title_en: str
    name: str
    lines: tuple[str, ...]
    use: tuple[str, str]


def for_dossier(known: DossierChoice) -> CoverSheet:
    """The cover of a dossier that is open."""
    home = f"{known.project} {known.unit}".strip()
    return CoverSheet(
        code=dossier_code(known.key),
        title="客户档案封面页",
        title_en="Dossier cover sheet",
        name=home or known.customer or known.key,
        lines=(known.customer,) if home and known.customer else (),
        use=(
            "放在该客户的文件之前一起扫描；其后的文件归入此档案，直到下一张客户档案封面页。本页不归档。",
            "Scan it in front of the customer's papers. All papers behind it go into this dossier, up to the next "
            "dossier cover sheet. This sheet itself is not filed.",
        ),
    )


def for_kind(kind: Kind, taxonomy: Taxonomy) -> CoverSheet:
    """The cover of a kind of paper."""
    return CoverSheet(
        code=kind_code(kind.id),
        title="文种封面页",
        title_en="Kind cover sheet",
        name=kind.zh,
        lines=(taxonomy.categories[kind.category], kind.en),
        use=(
            "放在一份文件之前一起扫描；其后到下一张封面页或分隔页为一份此类文件。本页不归档。",
            "Scan it in front of one paper. What follows, up to the next sheet, is one paper of this kind. This sheet "
            "itself is not filed.",
        ),
    )


def separator_sheet() -> CoverSheet:
    """A sheet that parts two papers and says nothing else."""
    return CoverSheet(
        code=separator_code(),
        title="分隔页",
        title_en="Separator sheet",
        name="分隔页",
        lines=(),
        use=(
            "放在两份文件之间一起扫描；前后各为一份文件。本页不归档，可反复使用。",
            "Scan it between two papers. This sheet itself is not filed and can be used again.",
        ),
    )

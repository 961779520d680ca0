"""What every form that is built around one CVE number has in common."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from baselines.advisories import scores
from baselines.advisories.formats.nvd import with_text
from baselines.advisories.products import label
from baselines.advisory import Advisory, Conflict, Feature, Kev, Origin, Product, Score, Ssvc, Workaround


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a reader found, before the text is read too."""

    cve: str
    source: str
    where: str
    """File and place of the record."""
    title: str = ""
    text: str
    text_place: str
    products: tuple[Product, ...]
    scores: tuple[Score, ...] = ()
    references: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    ssvc: Ssvc | None = None
    kev: Kev | None = None
    workarounds: tuple[Workaround, ...] = ()
    aliases: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    feature: Feature | None = None
    conflicts: tuple[Conflict, ...] = ()
    severity: str = ""


def advisory(parts: Parts) -> Advisory:
    """Make the advisory: text and names together, the rest as it stands."""
    place = Origin(parts.source, f"{parts.where} {parts.text_place}")
    products, conflicts = with_text(parts.products, parts.text, place)
    vendors = dict.fromkeys(label(product.vendor) for product in products)
    return Advisory(
        id=parts.cve,
        aliases=parts.aliases,
        part_of=tuple(dict.fromkeys((*parts.part_of, *_bulletins(parts.references)))),
        feature=parts.feature,
        title=parts.title or _first_sentence(parts.text),
        vendor="、".join(vendors) or "不详",
        products=products,
        summary=parts.text,
        workarounds=parts.workarounds,
        severity=scores.severity(parts.severity, parts.scores),
        scores=parts.scores,
        remote=scores.remote(parts.scores),
        kev=parts.kev,
        ssvc=parts.ssvc,
        references=tuple(dict.fromkeys(each for each in parts.references if each)),
        published=parts.published,
        updated=parts.updated or parts.published,
        source=parts.source,
        conflicts=(*parts.conflicts, *conflicts),
        origins=_origins(parts, place),
    )


_BULLETIN = re.compile(
    r"\b((?:huawei|cisco|h3c|inspur)-sa-[0-9a-z-]+?)(?:-en|-cn)?(?=$|[/?#.\s])", re.IGNORECASE
)
_TITLE = 120


def _bulletins(references: Sequence[str]) -> Iterator[str]:
    """Find the vendor's own numbers in the addresses of bulletins."""
    for reference in references:
        if match := _BULLETIN.search(reference):
            yield match[1]


def _first_sentence(text: str) -> str:
    sentence = text.partition(". ")[0].partition("。")[0]
    return sentence if len(sentence) <= _TITLE else f"{sentence[:_TITLE]}…"


def _origins(parts: Parts, text: Origin) -> tuple[tuple[str, tuple[Origin, ...]], ...]:
    record = Origin(parts.source, parts.where)
    fields = {
        "title": record if parts.title else text,
        "summary": text,
        "severity": record,
        "references": record,
        "published": record,
        "updated": record,
    }
    return tuple((name, (origin,)) for name, origin in fields.items())

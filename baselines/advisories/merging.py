"""Records of several feeds on one problem, made one advisory: each field keeps where it came from.

Records are one problem where they share a number (SA, CVE, CNVD), unless that would put two CVE numbers
together: a bulletin on several vulnerabilities stays beside them. Of what they say differently the most
particular source counts, in the order of `RANK`, and the others' words are kept as conflicts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from baselines.advisories.products import makers, name_key
from baselines.advisories.reading import Enrichment
from baselines.advisory import (
    Advisory,
    Affected,
    Conflict,
    Epss,
    Kev,
    Origin,
    Product,
    Said,
)

RANK: Final = ("own_yaml", "own_table", "csaf", "cvrf", "cve5", "nvd20", "nvd11", "cnvd")
"""Forms, the most particular first: what engineers write, what vendors publish, what databases gather."""
_DATABASES: Final = ("CVE-", "CNVD-", "CNNVD-")


@dataclass(frozen=True, slots=True)
class Kept:
    """One record as it was read, with its form and source."""

    format: str
    source: str
    advisory: Advisory

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes it the same record when it is imported again.

        Of a document with several vulnerabilities its number too: another document may hold the same CVE.
        """
        documents = self.advisory.part_of if self.format in ("csaf", "cvrf") else ()
        return self.source, self.advisory.id.upper(), documents


@dataclass(slots=True)
class _Group:
    records: list[Kept] = field(default_factory=list)
    cves: set[str] = field(default_factory=set)


def merged(records: Iterable[Kept], enrichments: Iterable[Enrichment] = ()) -> Iterator[Advisory]:
    """Give one advisory for each problem, with KEV and EPSS where they have its CVE."""
    kev: dict[str, Kev] = {}
    epss: dict[str, Epss] = {}
    for each in enrichments:
        if each.kev is not None:
            kev[each.cve] = each.kev
        if each.epss is not None:
            epss[each.cve] = each.epss
    for group in _grouped(records):
        ordered = sorted(group.records, key=lambda kept: _rank(kept.format))
        yield _enriched(_one([kept.advisory for kept in ordered]), kev, epss)


def _rank(format_: str) -> int:
    return RANK.index(format_) if format_ in RANK else len(RANK)


def _grouped(records: Iterable[Kept]) -> list[_Group]:
    """Put records together that share a number, as long as they have at most one CVE between them."""
    groups: dict[int, _Group] = {}
    by_name: dict[str, _Group] = {}
    for kept in records:
        names = tuple(kept.advisory.names())
        own = _Group([kept], {name for name in names if name.startswith("CVE-")})
        for name in names:
            other = by_name.get(name)
            if other is None or other is own or not _together(own, other):
                continue
            other.records += own.records
            other.cves |= own.cves
            groups.pop(id(own), None)
            for each in own.records:
                by_name.update(dict.fromkeys(each.advisory.names(), other))
            own = other
        groups[id(own)] = own
        for name in names:
            by_name.setdefault(name, own)
    return list(groups.values())


def _together(one: _Group, other: _Group) -> bool:
    return one.cves == other.cves or len(one.cves | other.cves) <= 1


def _one(records: Sequence[Advisory]) -> Advisory:
    """Put records of one problem together, the most particular first."""
    first = records[0]
    head = next((each for each in records if not each.id.upper().startswith(_DATABASES)), first)
    numbers = dict.fromkeys(name for each in records for name in (each.id, *each.aliases))
    titled = next((each for each in records if _chinese(each.title)), first)
    told = next((each for each in records if _chinese(each.summary)), None)
    described = told or next((each for each in records if each.summary), first)
    products, between = _products(records)
    hint = _hint(products)
    if len(records) == 1:
        return replace(first, hint=hint, conflicts=(*first.conflicts, *between))
    return Advisory(
        id=head.id,
        aliases=tuple(name for name in numbers if name.upper() != head.id.upper()),
        part_of=_each(name for each in records for name in each.part_of),
        kind=first.kind,
        title=titled.title,
        vendor=next((each.vendor for each in records if each.vendor != "不详"), first.vendor),
        products=products,
        summary=described.summary,
        feature=next((e.feature for e in records if e.feature and e.feature.pattern), None)
        or next((e.feature for e in records if e.feature), None),
        workarounds=tuple({w.text: w for each in reversed(records) for w in each.workarounds}.values())[::-1],
        severity=next((each.severity for each in records if each.severity != "未定"), "未定"),
        scores=tuple(
            {(s.version, s.vector, s.base, s.by): s for each in records for s in each.scores}.values()
        ),
        remote=next((each.remote for each in records if each.remote is not None), None),
        kev=next((each.kev for each in records if each.kev), None),
        epss=next((each.epss for each in records if each.epss), None),
        ssvc=next((each.ssvc for each in records if each.ssvc), None),
        references=_each(each for record in records for each in record.references),
        published=min((each.published for each in records if each.published), default=None),
        updated=max((each.updated for each in records if each.updated), default=None),
        source=head.source,
        hint=hint,
        conflicts=(*(c for each in records for c in each.conflicts), *between, *_differing(records)),
        origins=_origins(records, {"title": titled, "summary": described}),
    )


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _hint(products: Sequence[Product]) -> str:
    """A maker whose advisories are hints for others, where all products are its own."""
    keys = {product.vendor for product in products}
    about = [makers()[key].hint for key in keys if key in makers()]
    return about[0] if len(keys) == 1 and about else ""


def _origins(
    records: Sequence[Advisory], chosen: Mapping[str, Advisory]
) -> tuple[tuple[str, tuple[Origin, ...]], ...]:
    """Of a field that was chosen, its source; of one that was put together, all."""
    found: dict[str, dict[Origin, None]] = {}
    for record in records:
        for name, origins in record.origins:
            if name not in chosen or chosen[name] is record:
                found.setdefault(name, {}).update(dict.fromkeys(origins))
    return tuple((name, tuple(origins)) for name, origins in found.items())


# --- products ------------------------------------------------------------------------------------


def _products(records: Sequence[Advisory]) -> tuple[tuple[Product, ...], tuple[Conflict, ...]]:
    """Join products of one name; tell where sources give one different versions."""
    if len(records) == 1:
        return records[0].products, ()
    found: dict[tuple[object, ...], list[Product]] = {}
    for record in records:
        for product in record.products:
            key = (
                product.vendor,
                name_key(product.vendor, product.name),
                product.on,
                product.models,
                product.condition,
            )
            found.setdefault(key, []).append(product)
    conflicts = [conflict for parts in found.values() for conflict in _versions_differ(parts)]
    return tuple(_joined(parts) for parts in found.values()), tuple(conflicts)


def _joined(parts: Sequence[Product]) -> Product:
    first = parts[0]
    return replace(
        first,
        platforms=_each(name for part in parts for name in part.platforms),
        affected=_once(each for part in parts for each in part.affected),
        unaffected=_once(each for part in parts for each in part.unaffected),
        fixed=tuple({(f.base, f.patch, f.text): f for part in parts for f in part.fixed}.values()),
        no_fix=any(part.no_fix for part in parts)
        and not any(f.base or f.patch for p in parts for f in p.fixed),
        complete=any(part.complete for part in parts),
    )


def _once(statements: Iterable[Affected]) -> tuple[Affected, ...]:
    """The same said by a second source is not said again; data comes before what was read out of prose."""
    ordered = sorted(statements, key=lambda each: each.inferred)
    return tuple({_plain(each): each for each in reversed(ordered)}.values())[::-1]


def _plain(each: Affected) -> tuple[object, ...]:
    bare = replace(each, builds=(), branches=(), text="", inferred=False, origin=None)
    return frozenset(each.builds), frozenset(each.branches), bare


def _versions_differ(parts: Sequence[Product]) -> Iterator[Conflict]:
    """Two sources that both name versions of a product, and not the same."""
    named = [(part, _names(part)) for part in parts]
    named = [(part, names) for part, names in named if names]
    if len({frozenset(name.upper() for name in names) for _, names in named}) < 2:
        return
    yield Conflict(
        field="affected",
        product=parts[0].name,
        note="不同来源所列的受影响版本不一致",
        said=tuple(Said("、".join(names), part.origin or Origin("")) for part, names in named),
    )


def _names(product: Product) -> tuple[str, ...]:
    return _each(
        name
        for each in product.affected
        if not each.inferred
        for name in (
            *each.builds,
            *each.branches,
            *(b.version for b in (each.base_from, each.base_to, each.patch_to) if b),
        )
    )


def _differing(records: Sequence[Advisory]) -> Iterator[Conflict]:
    """Words and flags on which sources disagree."""
    severities = {each.severity: each for each in reversed(records) if each.severity != "未定"}
    if len(severities) > 1:
        yield Conflict(
            "severity", "", "不同来源的级别不一致", tuple(_said(w, e) for w, e in severities.items())
        )
    remotes = {each.remote: each for each in reversed(records) if each.remote is not None}
    if len(remotes) > 1:
        said = tuple(_said("是" if r else "否", e) for r, e in remotes.items())
        yield Conflict("remote", "", "不同来源对是否可远程触发说法不一致", said)


def _said(value: str, record: Advisory) -> Said:
    return Said(value, Origin(record.source, record.id))


def _enriched(advisory: Advisory, kev: Mapping[str, Kev], epss: Mapping[str, Epss]) -> Advisory:
    cves = [name for name in advisory.names() if name.startswith("CVE-")]
    own_kev = next((kev[cve] for cve in cves if cve in kev), advisory.kev)
    scores = [epss[cve] for cve in cves if cve in epss]
    best = max(scores, key=lambda each: each.probability, default=advisory.epss)
    if own_kev is advisory.kev and best is advisory.epss:
        return advisory
    return replace(advisory, kev=own_kev, epss=best)

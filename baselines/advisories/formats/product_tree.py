"""What CSAF and CVRF share: products by id, and vulnerabilities that name them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from baselines.advisories import prose, spans
from baselines.advisories.products import label, maker_in, maker_key, makers, name_key, schemes, shown_name
from baselines.advisories.scores import remote, severity
from baselines.advisory import Advisory, Affected, Fix, Origin, Product, Score, Workaround


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One product of the tree: a product in one version or range."""

    vendor: str = ""
    name: str = ""
    version: str = ""
    """As written; empty: the product in no version that is told apart."""
    models: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One thing to do, and for which products."""

    kind: str
    """vendor_fix, mitigation, workaround, no_fix_planned, none_available or as the source words it."""
    text: str
    url: str = ""
    ids: tuple[str, ...] = ()
    """Empty: for all."""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What holds for every vulnerability of a document."""

    number: str
    title: str
    publisher: str
    source: str
    file: str
    published: date | None
    updated: date | None
    references: tuple[str, ...] = ()
    severity: str = ""
    leaves: Mapping[str, Leaf] = field(default_factory=dict)
    alone: bool = False
    """There is one vulnerability in it, so its number is an alias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vulnerability:
    """One vulnerability."""

    cve: str = ""
    ids: tuple[str, ...] = ()
    title: str = ""
    text: str = ""
    statuses: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By status: ids of products."""
    remedies: tuple[Remedy, ...] = ()
    scores: tuple[Score, ...] = ()
    references: tuple[str, ...] = ()
    place: str = ""


_AFFECTED = ("known_affected", "first_affected", "last_affected")
_FIXED = ("first_fixed", "fixed", "recommended")
_NO_FIX = ("no_fix_planned", "none_available")
_OPEN = "来源仍在调查该产品是否受影响"
_UNTOLD = "来源没有给出该产品的版本"


def advisory(document: Document, vulnerability: Vulnerability, number: int) -> Advisory:
    """Make one advisory of one vulnerability of a document."""
    own = vulnerability.cve or next(iter(vulnerability.ids), "")
    identity = document.number if document.alone or not own else own
    if not document.alone and not own:
        identity = f"{document.number}-{number + 1}"
    products = tuple(_products(document, vulnerability))
    vendors = dict.fromkeys(label(product.vendor) for product in products)
    title = "" if vulnerability.title.upper() == own.upper() else vulnerability.title
    place = Origin(document.source, f"{document.file} {vulnerability.place}")
    whole = Origin(document.source, document.file)
    fields = {
        "title": place if title else whole,
        "summary": place,
        "severity": place,
        "published": whole,
        "updated": whole,
        "references": whole,
    }
    return Advisory(
        id=identity,
        aliases=tuple(dict.fromkeys(each for each in (own, *vulnerability.ids) if each and each != identity)),
        part_of=() if document.alone else (document.number,),
        title=title or document.title,
        vendor="、".join(vendors) or document.publisher or "不详",
        products=products,
        summary=vulnerability.text,
        workarounds=tuple(_workarounds(document, vulnerability)),
        severity=severity(document.severity, vulnerability.scores),
        scores=vulnerability.scores,
        remote=remote(vulnerability.scores),
        references=tuple(dict.fromkeys((*vulnerability.references, *document.references))),
        published=document.published,
        updated=document.updated or document.published,
        source=document.source,
        origins=tuple((name, (origin,)) for name, origin in fields.items()),
    )


def _products(document: Document, vulnerability: Vulnerability) -> Iterator[Product]:
    """Gather what all ids of one product say; an id that the tree does not have is a product by its id."""
    found: dict[tuple[str, str, tuple[str, ...]], Product] = {}
    for status, ids in vulnerability.statuses.items():
        for one in ids:
            leaf = document.leaves.get(one) or Leaf(name=one, place=f"product {one}")
            key = (leaf.vendor, name_key(leaf.vendor, leaf.name), leaf.models)
            origin = Origin(document.source, f"{document.file} {leaf.place}")
            product = found.get(key) or _product(leaf, origin)
            said = _said(status, leaf, product, origin)
            product = replace(
                product,
                affected=(*product.affected, *said[0]),
                unaffected=(*product.unaffected, *said[1]),
                fixed=(*product.fixed, *said[2]),
            )
            for remedy in vulnerability.remedies:
                if not remedy.ids or one in remedy.ids:
                    product = _remedied(product, remedy, document)
            found[key] = product
    for product in found.values():
        yield replace(
            product,
            affected=tuple(_listed_once(product.affected)),
            fixed=tuple({(fix.base, fix.patch, fix.text): fix for fix in product.fixed}.values()),
        )


def _product(leaf: Leaf, origin: Origin) -> Product:
    return Product(name=shown_name(leaf.vendor, leaf.name), vendor=leaf.vendor, origin=origin)


_Said = tuple[tuple[Affected, ...], tuple[Affected, ...], tuple[Fix, ...]]


def _said(status: str, leaf: Leaf, product: Product, origin: Origin) -> _Said:
    """What a status says of a product's version: affected, not affected, fixed in."""
    known = schemes(leaf.vendor, leaf.name)
    if status in _AFFECTED:
        return _spans(status, known, leaf, origin), (), ()
    if status in _FIXED:
        if not leaf.version:
            return (), (), ()
        fix = spans.fix(known, leaf.version, origin, recommended=status == "recommended")
        return (), _as_unaffected(known, leaf, origin), (fix,)
    if status == "known_not_affected":
        return (), _spans(status, known, leaf, origin) or (spans.everything(origin),), ()
    return _spans(status, known, leaf, origin, _OPEN) or (Affected(condition=_OPEN, origin=origin),), (), ()


def _as_unaffected(known: Sequence[str], leaf: Leaf, origin: Origin) -> tuple[Affected, ...]:
    return tuple(
        each for each in _spans("fixed", known, leaf, origin) if each.understood and not each.condition
    )


def _spans(
    status: str, known: Sequence[str], leaf: Leaf, origin: Origin, condition: str = ""
) -> tuple[Affected, ...]:
    if not leaf.version:
        return ()
    if status == "first_affected" and spans.is_single(known, leaf.version):
        return spans.spoken(known, f">={leaf.version}", origin, condition)
    if status == "last_affected" and spans.is_single(known, leaf.version):
        return spans.spoken(known, f"<={leaf.version}", origin, condition)
    if spans.is_single(known, leaf.version):
        return tuple(spans.listed(known, [leaf.version], origin, condition=condition))
    return spans.spoken(known, leaf.version, origin, condition)


def _listed_once(statements: Iterable[Affected]) -> Iterator[Affected]:
    """Put single builds, one to a leaf of the tree, into one list; the same said again is said once."""
    builds: dict[str, None] = {}
    branches: dict[str, None] = {}
    first: Affected | None = None
    rest: dict[Affected, Affected] = {}
    for each in statements:
        if each == Affected(builds=each.builds, branches=each.branches, text=each.text, origin=each.origin):
            first = first or each
            builds |= dict.fromkeys(each.builds)
            branches |= dict.fromkeys(each.branches)
        else:
            rest.setdefault(replace(each, origin=None), each)
    if first is not None:
        alone = len(builds) + len(branches) == 1
        yield replace(first, builds=tuple(builds), branches=tuple(branches), text=first.text if alone else "")
    yield from rest.values()


# --- remedies ------------------------------------------------------------------------------------


def _remedied(product: Product, remedy: Remedy, document: Document) -> Product:
    origin = Origin(document.source, f"{document.file} {remedy.place}")
    if remedy.kind in _NO_FIX:
        return replace(product, no_fix=True)
    if remedy.kind != "vendor_fix" or not remedy.text:
        return product
    fix = _fix_in_words(product, remedy.text, origin)
    return replace(product, fixed=(*product.fixed, fix))


def _fix_in_words(product: Product, text: str, origin: Origin) -> Fix:
    """Find the version in `Update to V5.5.0 or later version`; the words stay beside it."""
    for version in prose.fixed_versions(product.vendor, text):
        fix = spans.fix(schemes(product.vendor, product.name), version, origin, inferred=True)
        if fix.base or fix.patch:
            return fix
    return Fix(text=text, inferred=True, origin=origin)


def _workarounds(document: Document, vulnerability: Vulnerability) -> Iterator[Workaround]:
    for remedy in vulnerability.remedies:
        if remedy.kind in (*_NO_FIX, "vendor_fix") or not remedy.text:
            continue
        leaves = [document.leaves[one] for one in remedy.ids if one in document.leaves]
        names = dict.fromkeys(shown_name(leaf.vendor, leaf.name) for leaf in leaves)
        yield Workaround(
            text=remedy.text,
            products=tuple(names),
            origin=Origin(document.source, f"{document.file} {remedy.place}"),
        )


def vendor_of(said: str, name: str) -> str:
    """Give a leaf's maker by its branch, else by what its name begins with."""
    key = maker_key(said)
    return key if key in makers() else maker_in(name) or key

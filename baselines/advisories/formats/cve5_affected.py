"""Products and versions of a CVE 5 record, also of records that were made out of older forms.

Huawei's records join their products by `;` into one name and the versions by `,` into one text each, and
equal texts stand once. Which versions are whose is certain only with one product, with one text for all,
or where the older form is still there (`x_legacyV4Record`) with one text per product in the same order.
Everywhere else each product has all versions under the condition that nobody says which are its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from baselines.advisories import prose, spans
from baselines.advisories.products import (
    is_series,
    maker_in,
    maker_key,
    makers,
    name_key,
    schemes,
    shown_name,
)
from baselines.advisories.reading import Json
from baselines.advisory import Affected, Bound, Fix, Origin, Product

JOINED = "公告把多个产品与版本列在一起，没有说明哪个产品对应哪些版本"
UNKNOWN = "来源没有说明该版本是否受影响"
_NOBODY = ("", "n/a", "unspecified", "unknown", "-")
_FROM_START = frozenset(("0", "unspecified", "n/a", "*", "", "-", "unknown", "all versions"))


def products(
    cna: Json, adps: Sequence[Json], assigner: str, text: str, source: str, file: str
) -> tuple[Product, ...]:
    """Make products of all containers; what one says again of another's product is one with it."""
    found: dict[tuple[str, str, str], Product] = {}
    for container in (cna, *adps):
        legacy = container.object("x_legacyV4Record")
        for entry in container.objects("affected"):
            for product in _of_entry(entry, legacy, assigner, text, source, file):
                key = (product.vendor, name_key(product.vendor, product.name), product.condition)
                found[key] = _joined(found[key], product) if key in found else product
    return tuple(found.values())


def _joined(first: Product, second: Product) -> Product:
    """Two containers on one product: what the second adds."""
    listed = {build for each in first.affected for build in each.builds}
    known = {_plain(each) for each in first.affected}
    more = [_without(each, listed) for each in second.affected if _plain(each) not in known]
    return replace(
        first,
        affected=(*first.affected, *(each for each in more if each.understood or each.condition)),
        unaffected=(*first.unaffected, *second.unaffected),
        fixed=(*first.fixed, *second.fixed),
        complete=first.complete or second.complete,
    )


def _plain(each: Affected) -> Affected:
    return replace(each, origin=None, text="")


def _without(each: Affected, listed: set[str]) -> Affected:
    return replace(each, builds=tuple(build for build in each.builds if build not in listed))


def _of_entry(
    entry: Json, legacy: Json, assigner: str, text: str, source: str, file: str
) -> Iterator[Product]:
    said = entry.text("product")
    if said.lower() in _NOBODY:
        return
    vendor = _vendor(entry.text("vendor"), said, assigner, text)
    names = _names(vendor, said)
    plain = Product(
        name=said,
        vendor=vendor,
        condition=_condition(entry),
        complete=entry.text("defaultStatus") == "unaffected",
        origin=Origin(source, f"{file} {entry.place}"),
    )
    if len(names) == 1:
        yield _with_versions(replace(plain, name=shown_name(vendor, said)), entry, source, file)
        return
    for name, versions, condition in _paired(names, entry, legacy, said):
        origin = Origin(source, f"{file} {entry.at('versions')}")
        yield replace(
            plain,
            name=shown_name(vendor, name),
            affected=tuple(spans.listed(schemes(vendor, name), versions, origin, condition=condition)),
        )


def _names(vendor: str, said: str) -> list[str]:
    """Part joined products: by `;`, and by `,` and `and` where every part is a series of the maker."""
    names = [name.strip() for name in said.split(";") if name.strip()]
    parts = [part.strip() for part in re.split(r",\s*|\s+and\s+", said) if part.strip()]
    known = bool(parts) and all(is_series(vendor, part) for part in parts)
    return parts if len(names) == 1 and known else names


def _vendor(vendor: str, product: str, assigner: str, text: str) -> str:
    if vendor.lower() not in _NOBODY:
        return maker_key(vendor)
    known = maker_key(assigner)
    return (
        known
        if known in makers() and makers()[known].platforms
        else maker_in(product) or maker_in(text) or "n/a"
    )


def _condition(entry: Json) -> str:
    parts = [("平台", entry.texts("platforms")), ("模块", entry.texts("modules"))]
    return "；".join(f"{what}：{'、'.join(names)}" for what, names in parts if names)


# --- joined products -----------------------------------------------------------------------------


def _paired(names: list[str], entry: Json, legacy: Json, said: str) -> Iterator[tuple[str, list[str], str]]:
    """Give each product its versions, and the condition where the pairing is not certain."""
    texts = [each.text("version") for each in entry.objects("versions") if each.text("status") == "affected"]
    older = _legacy_texts(legacy, said)
    if len(older) == len(names) and {_set(each) for each in older} >= {_set(each) for each in texts}:
        yield from ((name, _split(own), "") for name, own in zip(names, older, strict=True))
        return
    if own := _by_their_names(names, texts):
        yield from ((name, own[name], "") for name in names)
        return
    condition = "" if len({_set(each) for each in texts}) == 1 else JOINED
    every = [version for text in texts for version in _split(text)]
    yield from ((name, every, condition) for name in names)


def _by_their_names(names: list[str], texts: list[str]) -> dict[str, list[str]]:
    """Versions of each product where every text names its own (`S5700 V200R019C00`) and lists versions only.

    Empty where one does not.
    """
    told = [prose.told("huawei", text, Origin("")) for text in texts]
    if not all(said and all(each.products and each.only_lists for each in said) for said in told):
        return {}
    found: dict[str, list[str]] = {}
    for each in (one for said in told for one in said):
        for name in names:
            if name_key("huawei", name) in {name_key("huawei", product) for product in each.products}:
                found.setdefault(name, []).extend(each.versions)
    return found if found.keys() == set(names) else {}


def _legacy_texts(legacy: Json, said: str) -> list[str]:
    vendor = legacy.object("affects").object("vendor")
    return [
        version.text("version_value")
        for maker in vendor.objects("vendor_data")
        for product in maker.object("product").objects("product_data")
        if product.text("product_name") == said
        for version in product.object("version").objects("version_data")
    ]


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;，；]", text) if part.strip()]


def _set(text: str) -> frozenset[str]:
    return frozenset(part.upper() for part in _split(text))


# --- versions of one product ---------------------------------------------------------------------


def _with_versions(product: Product, entry: Json, source: str, file: str) -> Product:
    known = schemes(product.vendor, product.name)
    plain: dict[str, list[str]] = {"affected": [], "unaffected": [], "unknown": []}
    affected: list[Affected] = []
    unaffected: list[Affected] = []
    fixed: list[Fix] = []
    origin = Origin(source, f"{file} {entry.at('versions')}")
    for each in entry.objects("versions"):
        status = each.text("status") or "unknown"
        if not _is_range(each):
            plain.setdefault(status, []).extend(_versions(known, each.text("version")))
            continue
        where = Origin(source, f"{file} {each.place}")
        ranges, fixes = _range(known, each, where)
        fixed += fixes
        if status == "unaffected":
            unaffected += ranges
        else:
            affected += [replace(r, condition=UNKNOWN) for r in ranges] if status == "unknown" else ranges
    affected += _listed(known, plain["affected"], origin)
    affected += _listed(known, plain["unknown"], origin, UNKNOWN)
    unaffected += _listed(known, plain["unaffected"], origin)
    if entry.text("defaultStatus") == "affected":
        affected.append(spans.everything(origin, "defaultStatus: affected"))
    return replace(
        product, affected=tuple(affected), unaffected=tuple(unaffected), fixed=tuple(dict.fromkeys(fixed))
    )


def _is_range(each: Json) -> bool:
    return any(each.value.get(name) for name in ("lessThan", "lessThanOrEqual", "changes"))


def _versions(known: Sequence[str], text: str) -> list[str]:
    return _split(text) if "huawei_vrp" in known else [text]


def _listed(
    known: Sequence[str], texts: list[str], origin: Origin, condition: str = ""
) -> Iterator[Affected]:
    """A list where each may be a version, words or a comparison."""
    single = [text for text in texts if spans.is_single(known, text)]
    yield from spans.listed(known, single, origin, condition=condition)
    for text in texts:
        if text not in single:
            yield from _worded(known, text, origin, condition)


def _worded(known: Sequence[str], text: str, origin: Origin, condition: str) -> tuple[Affected, ...]:
    """Words in a version's place: what they say as such, else the versions that can be found in them."""
    said = spans.spoken(known, text, origin, condition)
    if "huawei_vrp" not in known or any(each.understood for each in said):
        return said
    found = (each for told in prose.told("huawei", text, origin) for each in told.affected)
    return tuple(replace(each, text=text) for each in found) or said


def _range(known: Sequence[str], each: Json, origin: Origin) -> tuple[list[Affected], list[Fix]]:
    """A range with its changes of status on the way; the first version that is not affected is the fix."""
    start = each.text("version")
    low = None if start.lower() in _FROM_START else Bound(start, inclusive=True)
    end = each.text("lessThan") or each.text("lessThanOrEqual")
    high = None if end in ("", "*") else Bound(end, inclusive=not each.text("lessThan"))
    fixes: list[Fix] = []
    ends: list[tuple[Bound | None, Bound | None]] = []
    hit = True
    for change in each.objects("changes"):
        at = change.text("at")
        if change.text("status") == "unaffected" and hit:
            ends.append((low, Bound(at, inclusive=False)))
            fixes.append(spans.fix(known, at, origin))
            hit = False
        elif change.text("status") == "affected":
            low, hit = Bound(at, inclusive=True), True
    if hit:
        ends.append((low, high))
    if high and not high.inclusive and not fixes and each.text("status") == "affected":
        fixes.append(spans.fix(known, high.version, origin))
    ranges = [r for pair in ends for r in _one(known, pair, origin, f"{start} .. {end}")]
    return ranges, fixes


def _one(
    known: Sequence[str], pair: tuple[Bound | None, Bound | None], origin: Origin, text: str
) -> tuple[Affected, ...]:
    if pair == (None, None):
        return (spans.everything(origin, text),)
    return spans.ranged(known, *pair, origin, text=text)

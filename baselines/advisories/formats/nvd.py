"""What the two NVD forms share: configurations of CPE names made products, and a text beside them.

The shape for switches is AND(OR(firmware with versions), OR(hardware)). Firmware that is named as a piece
of its hardware (`s5700_firmware` on `s5700`) is that product; any other (`quidway_firmware`, `nx-os`)
runs on all of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from baselines.advisories import prose, spans
from baselines.advisories.cpe import ANY, NA, Cpe, parse_cpe
from baselines.advisories.products import maker_in, maker_key, name_key, schemes, shown_name
from baselines.advisories.reading import Json, RecordError
from baselines.advisory import Affected, Bound, Conflict, Origin, Product, Said


@dataclass(frozen=True, slots=True)
class Match:
    """One CPE name with its range."""

    cpe: Cpe
    vulnerable: bool
    low: Bound | None
    high: Bound | None
    place: str


@dataclass(frozen=True, slots=True)
class Node:
    """Matches and nodes, joined by AND or OR."""

    all_of: bool
    negate: bool
    matches: tuple[Match, ...]
    children: tuple["Node", ...]


def match_of(entry: Json, name: str) -> Match:
    """Read one entry; raises RecordError for a name that is no CPE."""
    cpe = parse_cpe(entry.text(name))
    if cpe is None:
        raise RecordError(f"{entry.at(name)}: value {entry.text(name)!r}: must be a CPE name")
    return Match(
        cpe=cpe,
        vulnerable=entry.value.get("vulnerable") is not False,
        low=_end(entry, "versionStart"),
        high=_end(entry, "versionEnd"),
        place=entry.place,
    )


def _end(entry: Json, name: str) -> Bound | None:
    for word, inclusive in (("Including", True), ("Excluding", False)):
        if version := entry.text(f"{name}{word}"):
            return Bound(version, inclusive)
    return None


@dataclass(slots=True)
class _Found:
    """Matches of one product, in their order."""

    vendor: str
    name: str
    on: tuple[str, ...]
    condition: str
    matches: list[Match] = field(default_factory=list)


def products(nodes: Iterable[Node], source: str, file: str) -> tuple[Product, ...]:
    """Make products of all configurations; what is vulnerable in several of them is one."""
    found: dict[tuple[str, str, tuple[str, ...], str], _Found] = {}
    for node in nodes:
        for each in _found(node):
            key = (each.vendor, name_key(each.vendor, each.name), each.on, each.condition)
            found.setdefault(key, replace(each, matches=[])).matches.extend(each.matches)
    return tuple(_product(each, source, file) for each in found.values())


def _found(node: Node) -> Iterator[_Found]:
    if not node.all_of:
        condition = "配置条件取反（negate）" if node.negate else ""
        for match in node.matches:
            if match.vulnerable:
                yield _one(match, (), condition)
        for child in node.children:
            yield from _found(child)
        return
    parts = [*node.children, *([replace(node, all_of=False, children=())] if node.matches else [])]
    hardware = [part for part in parts if _is_ground(part)] or [part for part in parts if _is_hardware(part)]
    software = [part for part in parts if part not in hardware]
    if not software:
        hardware, software = [], parts
    names = tuple(dict.fromkeys(_name(m.cpe) for part in hardware for m in part.matches))
    condition = "配置条件取反（negate）" if node.negate or any(part.negate for part in parts) else ""
    for part in software:
        others = [_words(other) for other in software if other is not part]
        yield from _on(part, names, "；".join(words for words in (condition, *others) if words))


def _is_ground(node: Node) -> bool:
    """What software runs on: it is said not to be vulnerable itself."""
    return bool(node.matches) and not any(match.vulnerable for match in node.matches)


def _is_hardware(node: Node) -> bool:
    return bool(node.matches) and all(match.cpe.part == "h" for match in node.matches)


def _words(node: Node) -> str:
    names = dict.fromkeys(f"{_name(match.cpe)} {match.cpe.version}".strip(" *-") for match in node.matches)
    return f"同时存在 {'、'.join(names)}" if names else ""


def _on(part: Node, names: tuple[str, ...], condition: str) -> Iterator[_Found]:
    """Pair software with hardware of the same name; what has no such hardware runs on what is left over."""
    vendor_of = {match.cpe.product: maker_key(match.cpe.vendor) for match in part.matches}
    keys = {name: {name_key(vendor, name) for vendor in (*vendor_of.values(), "")} for name in names}
    taken = {
        name
        for match in part.matches
        for name in names
        if name_key(maker_key(match.cpe.vendor), match.cpe.product) in keys[name]
    }
    left = tuple(name for name in names if name not in taken)
    for match in part.matches:
        if not match.vulnerable:
            continue
        own = name_key(maker_key(match.cpe.vendor), match.cpe.product)
        paired = any(own in keys[name] for name in names)
        yield _one(match, () if paired else left or names, condition)
    for child in part.children:
        yield from _found(child)


def _one(match: Match, on: tuple[str, ...], condition: str) -> _Found:
    vendor = maker_key(match.cpe.vendor)
    return _Found(vendor, _name(match.cpe), on, condition, [match])


def _name(cpe: Cpe) -> str:
    """Name a product; hardware of older records has its model where a version should be."""
    vendor = maker_key(cpe.vendor)
    name = shown_name(vendor, cpe.product.replace("_", " "))
    return f"{name} {cpe.version}" if _is_model(cpe) else name


def _is_model(cpe: Cpe) -> bool:
    known = schemes(maker_key(cpe.vendor), cpe.product)
    named = cpe.part == "h" and cpe.version not in (ANY, NA)
    return named and not spans.is_base(known, spans.tidy(known, cpe.version))


def _product(found: _Found, source: str, file: str) -> Product:
    origin = Origin(source, f"{file} {found.matches[0].place}")
    affected: list[Affected] = []
    plain: list[str] = []
    known = schemes(found.vendor, found.name)
    for match in found.matches:
        where = Origin(source, f"{file} {match.place}")
        if match.low or match.high:
            affected += spans.ranged(known, match.low, match.high, where, text=_text(match))
        elif match.cpe.version == ANY:
            affected.append(spans.everything(where, "*"))
        elif match.cpe.version != NA and not _is_model(match.cpe):
            plain.append(_stripped(match.cpe.said_version, found.name))
    affected[:0] = spans.listed(known, plain, origin)
    if found.condition:
        affected = [
            replace(each, condition="；".join(w for w in (each.condition, found.condition) if w))
            for each in affected
        ]
    return Product(
        name=found.name,
        vendor=found.vendor,
        on=found.on,
        affected=tuple(affected),
        condition=found.condition,
        origin=origin,
    )


def _stripped(version: str, name: str) -> str:
    """Take the product off a version that carries it: `ac6605_v200r001c00`."""
    prefix = f"{name.lower().replace(' ', '_')}_"
    return version[len(prefix) :] if version.lower().startswith(prefix) else version


def _text(match: Match) -> str:
    low = f">{'=' if match.low.inclusive else ''}{match.low.version}" if match.low else ""
    high = f"<{'=' if match.high.inclusive else ''}{match.high.version}" if match.high else ""
    return " ".join(part for part in (low, high) if part)


# --- the text beside the CPE names ---------------------------------------------------------------


def with_text(
    products: Sequence[Product], text: str, origin: Origin
) -> tuple[tuple[Product, ...], tuple[Conflict, ...]]:
    """Add what the description says of versions, marked as inferred, and tell where the two differ."""
    makers = {product.vendor for product in products} or {maker_in(text)}
    result = list(products)
    told: list[prose.Told] = []
    for maker in sorted(makers):
        for each in prose.told(maker, text, origin):
            told.append(each)
            result = _merged(result, maker, each, origin)
    said = [version for each in told for version in each.versions]
    return tuple(result), tuple(_conflict(products, said, origin))


def _merged(products: list[Product], maker: str, told: prose.Told, origin: Origin) -> list[Product]:
    """Give what is told to the products it names; to new ones where it names what none of them is.

    A product that runs on more hardware than the sentence names keeps its own statements: what the sentence
    says holds for the named part alone.
    """
    result = list(products)
    names = {name_key(maker, name): name for name in told.products}
    if not names:
        names = {key: name for p in products if p.vendor == maker for key, name in _keys(p).items()}
    for number, product in enumerate(result):
        keys = _keys(product)
        if product.vendor == maker and keys.keys() & names.keys() and _all_named(product, names):
            result[number] = replace(
                product,
                affected=tuple(_each_once((*product.affected, *told.affected))),
                fixed=tuple(dict.fromkeys((*product.fixed, *told.fixed))),
            )
            names = {key: name for key, name in names.items() if key not in keys}
    for name in names.values():
        new = Product(
            name=shown_name(maker, name),
            vendor=maker,
            affected=told.affected,
            fixed=told.fixed,
            origin=origin,
        )
        result.append(new)
    return result


def _each_once(statements: Iterable[Affected]) -> Iterator[Affected]:
    """What the names say already is not said again by the sentence."""
    seen: set[Affected] = set()
    for each in statements:
        plain = replace(each, inferred=False, text="", origin=None)
        if plain not in seen:
            seen.add(plain)
            yield each


def _all_named(product: Product, names: Mapping[str, str]) -> bool:
    own = name_key(product.vendor, product.name)
    return own in names or all(name_key(product.vendor, name) in names for name in product.on)


def _keys(product: Product) -> dict[str, str]:
    return {name_key(product.vendor, name): name for name in (product.name, *product.on)}


def _conflict(products: Sequence[Product], said: Sequence[str], origin: Origin) -> Iterator[Conflict]:
    listed = {version.upper(): version for product in products for version in versions_of(product)}
    told = {version.upper(): version for version in said}
    if not listed or not told or set(listed) == set(told):
        return
    only_text = sorted(told[key] for key in told.keys() - listed.keys())
    only_cpe = sorted(listed[key] for key in listed.keys() - told.keys())
    where = products[0].origin or origin
    yield Conflict(
        field="affected",
        product="",
        note=f"文字与 CPE 所列版本不一致：只见于文字 {_some(only_text)}；只见于 CPE {_some(only_cpe)}",
        said=(Said(_some(sorted(told.values())), origin), Said(_some(sorted(listed.values())), where)),
    )


_MOST_SHOWN = 12


def _some(versions: Sequence[str]) -> str:
    if not versions:
        return "无"
    more = f" 等 {len(versions)} 个" if len(versions) > _MOST_SHOWN else ""
    return "、".join(versions[:_MOST_SHOWN]) + more


def versions_of(product: Product) -> Iterator[str]:
    """Give every version that a product's statements name."""
    for each in product.affected:
        yield from each.builds
        # The release of a patch is ours, not the source's.
        yield from (
            name
            for name in each.branches
            if each.patch_to is None or (each.patch_from is None and "C" in name)
        )
        for bound in (each.base_from, each.base_to, each.patch_from, each.patch_to):
            if bound is not None:
                yield bound.version
        if not each.understood:
            yield each.text

"""Versions told in a sentence: `S9300 with software before V100R006SPH013 and S2300, S3300 with ...`.

Only makers whose versions cannot be taken for anything else are read. What comes out is marked as
inferred: the sentence was written for people, and which versions go with which products is told by their
order alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from baselines.advisories.spans import fix, listed, ranged, tidy
from baselines.advisory import Affected, Bound, Fix, Origin

_HUAWEI = r"V\d{1,4}R\d{1,3}(?:C\d{1,3})?(?:S(?:PC|CP)[0-9A-Za-z]\d{2}|SPH\w{3,4}|[CH]P\d{3,4})?(?:B\d{3})?T?"
# A bare R with four digits may be a model; H3C's small boxes number theirs V100R002.
_COMWARE = (
    r"\d\.\d+\.(?:\d+,?\s*)?(?:R|F|Release |Feature |ESS |Ess )\d{4}(?:P\d{2,4})?|[RF]\d{4}P\d{2,4}"
    r"|(?:Release|Feature|ESS|Ess) \d{4}(?:P\d{2,4})?|(?:[A-Z]{1,3}\d{0,4})?[Vv]?\d{3}R\d{3}(?:L\d{2})?"
)
_NXOS = r"\d+\.\d+\(\d+[a-z]*\)(?:[A-Z]+\d*\(\d+[a-z]*\))?"
_VERSIONS = {
    "huawei": rf"{_HUAWEI}(?:\+{_HUAWEI})?",
    "h3c": _COMWARE,
    "cisco": _NXOS,
    "inspur": _NXOS,
}
_SCHEMES = {"huawei": ("huawei_vrp",), "h3c": ("h3c_comware",), "cisco": ("inos_cn",), "inspur": ("inos_cn",)}
_PRODUCTS = {
    "huawei": r"(?:Quidway |Campus |LSW )?(?:CloudEngine |CE)\s?\d{4,5}\w*(?:-\w+)*"
    r"|\bAR\s\d{3,4}(?:,\s(?:and\s)?\d{3,4}\b)+"
    r"|(?:Quidway |Campus |LSW )?S\d{3,5}(?:[A-Z]+\b)?(?:-[A-Z]\b)?|\bAR\s?\d{2,4}(?:-S|\b)|\bAR\s?G3\b"
    r"|\b\d{4}(?:HI|EI|SI|LI)\b|(?:Secospace )?(?:USG|AntiDDoS)\d{4}|NIP\d{3,4}|NE\d{2,4}E?(?:-[A-Z]\d?)?\b"
    r"|NetEngine\s?\d+\w*|AC\d{4}|ACU\d?\b|ATN\b|CX\d{3}|ME60\b|MA5200G|eCNS\w+|E600\b|SRG\d{4}|SVN\d{4}(?:-\w)?"
    r"|(?:IPS|NGFW) Module|Quidway switches|TE\d0\b|VP\d{4}|ViewPoint \d{4}|SoftCo"
    r"|eSpace \w+|SMC2\.0|SeMG\d+|DP\d{3}",
    "h3c": r"\b(?:S|MSR|SR|WX|WA|F|CR|ER|GR|VSR)\d[A-Z0-9]*(?:-[A-Z0-9]+)*\b|SEC(?:PATH|BLADE)\w*|Magic \w+",
    "cisco": r"(?:Cisco )?NX-OS(?: Software)?",
    "inspur": r"\bCN\d{4,6}\w*(?:-\w+)*|INOS-CN",
}
_LOWER = r"(?:before|prior to|earlier than|lower than|below|versions? (?:before|prior to|earlier than))"
_LATER = r"(?:and|or)\s+(?:earlier|prior|previous|lower)(?:\s+versions?)?|及(?:以前|之前|更早)|以前|之前"


@dataclass(frozen=True, slots=True)
class Told:
    """What one sentence says of some products."""

    products: tuple[str, ...]
    affected: tuple[Affected, ...]
    fixed: tuple[Fix, ...]
    versions: tuple[str, ...]
    """Every version that is named, as its maker spells it."""

    @property
    def only_lists(self) -> bool:
        """Whether the versions are the affected ones themselves, and none bounds a range."""
        return not any(each.base_to or each.patch_to for each in self.affected)


@dataclass(slots=True)
class _Group:
    products: list[str] = field(default_factory=list)
    ended: bool = False
    """A product after versions begins another group."""
    said: list[tuple[str, str]] = field(default_factory=list)
    """Sign (`=`, `<`, `<=`) and version, in their order."""


def told(maker: str, text: str, origin: Origin) -> tuple[Told, ...]:
    """Read what a text says of versions; nothing for a maker whose versions have no form of their own."""
    if maker not in _VERSIONS:
        return ()
    known = _SCHEMES[maker]
    return tuple(_meant(known, group, origin) for group in _groups(maker, text) if group.said)


def _groups(maker: str, text: str) -> Iterator[_Group]:
    token = re.compile(
        rf"(?P<version>(?<![A-Za-z0-9])(?:{_VERSIONS[maker]})(?![A-Za-z0-9]))|(?P<product>{_PRODUCTS[maker]})"
        rf"|(?P<lower>\b{_LOWER}\b|低于|早于|之前的版本)|(?P<later>{_LATER})|(?P<stop>\.\s|。)"
    )
    group = _Group()
    lower = False
    for match in token.finditer(text):
        kind = match.lastgroup
        if kind == "lower":
            lower = True
        elif kind == "version":
            group.said.append(("<" if lower else "=", match[0]))
            group.ended, lower = True, False
        elif kind == "later" and group.said:
            group.said[-1] = ("<=", group.said[-1][1])
        elif kind == "stop" or (kind == "product" and group.ended):
            yield group
            group, lower = _Group(), False
        if kind == "product":
            group.products += _each(match[0].strip())
    yield group


def _each(said: str) -> Iterator[str]:
    """Give each product of `AR 120, 150 and 3600`."""
    first, *others = re.split(r",\s(?:and\s)?", said)
    yield first
    yield from (f"{first.partition(' ')[0]} {number}" for number in others)


def _meant(schemes: Sequence[str], group: _Group, origin: Origin) -> Told:
    """Pair each `before` with the plain version just ahead of it, as in `V1 before V2`."""
    plain: list[str] = []
    affected: list[Affected] = []
    fixes: list[Fix] = []
    for at, (sign, version) in enumerate(group.said):
        ahead = group.said[at - 1] if at else ("", "")
        following = group.said[at + 1][0] if at + 1 < len(group.said) else ""
        if sign == "=":
            plain += [] if following == "<" else [version]
        elif sign == "<=":
            end = Bound(version, inclusive=True)
            affected += ranged(schemes, None, end, origin, text=f"≤{version}", inferred=True)
        else:
            low = Bound(ahead[1], inclusive=True) if ahead[0] == "=" else None
            words = f"{ahead[1]} before {version}" if low else f"before {version}"
            end = Bound(version, inclusive=False)
            affected += ranged(schemes, low, end, origin, text=words, inferred=True)
            bases = (tidy(schemes, ahead[1]),) if low else ()
            fixes.append(fix(schemes, version, origin, for_bases=bases, inferred=True))
    affected[:0] = listed(schemes, plain, origin, inferred=True)
    return Told(
        products=tuple(dict.fromkeys(group.products)),
        affected=tuple(affected),
        fixed=tuple(fixes),
        versions=tuple(dict.fromkeys(tidy(schemes, version) for _, version in group.said)),
    )


_UPDATE = re.compile(
    r"(?:(?:update|upgrade|fixed|resolved|available|solved)\w*\s+(?:\w+\s+){0,4}?(?:to|in|with|by|version)"
    r"|first fixed|升级(?:到|至)|修复(?:于|版本))\s*:?\s*(?:version\s+|software\s+)?"
    r"(?P<v>V?\d[\w.()-]*\d\w*\)?|V\d+R\S+)",
    re.IGNORECASE,
)


def fixed_versions(maker: str, text: str) -> Iterator[str]:
    """Give the versions that a remedy says to go to."""
    if maker in _VERSIONS:
        yield from (match[0] for match in re.finditer(_VERSIONS[maker], text))
        return
    yield from (match["v"].rstrip(".") for match in _UPDATE.finditer(text))

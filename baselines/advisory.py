"""What an advisory is: whom it concerns, in which versions, under which condition, and who says so.

Feeds of every form are read into this one type (`baselines/advisories/formats/`). Versions are kept as their
source writes them; what they mean is told by `parsers/versions/`. What a reader did not understand stays as a
condition that nobody has shown to be met or not: it is never dropped, and never taken for safe.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Severity = Literal["严重", "高", "中", "低", "未定"]
"""The source's own word; 未定 where it has none, which is not a low one."""
Kind = Literal["漏洞", "技术公告", "版本已知问题"]
SEVERITIES: tuple[Severity, ...] = ("严重", "高", "中", "低", "未定")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was read."""

    source: str
    """Name of the source, as reports print it."""
    place: str = ""
    """File and place in it, as exactly as is known."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range."""

    version: str
    inclusive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """Some versions; everything that is said here must be true of a device for it to be among them.

    With nothing but a condition it is a text that was not understood: whether a device is among them is open.
    """

    builds: tuple[str, ...] = ()
    """These base versions alone: one of them is enough."""
    branches: tuple[str, ...] = ()
    """One of these with all that lies under it: `V200R008C00` with its SPCs, `V200R005` with its C releases.

    With builds too, either is enough."""
    base_from: Bound | None = None
    base_to: Bound | None = None
    patch_from: Bound | None = None
    patch_to: Bound | None = None
    """With patches up to this one; a device with no patch lies below every bound."""
    every: bool = False
    """All versions, said as such."""
    condition: str = ""
    """What else must be true, as the source words it: an unread tail of a range, a mode, a module."""
    text: str = ""
    """The whole as the source writes it."""
    inferred: bool = False
    """Read out of prose, or by a reading that the source does not state."""
    origin: Origin | None = None

    @property
    def understood(self) -> bool:
        """Whether it says anything of versions that can be compared."""
        return self.every or any(
            (self.builds, self.branches, self.base_from, self.base_to, self.patch_from, self.patch_to)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What to go to; with base and patch both are needed."""

    base: str | None = None
    patch: str | None = None
    for_bases: tuple[str, ...] = ()
    """Versions that it is said to be the fix of; empty: every affected one of the product."""
    text: str = ""
    """As the source writes it; with neither base nor patch it names no version that was understood."""
    recommended: bool = False
    """The source recommends it beyond naming it as the first."""
    inferred: bool = False
    """Read out of prose."""
    origin: Origin | None = None

    @property
    def said(self) -> str:
        """As reports print it."""
        return self.text or "+".join(part for part in (self.base, self.patch) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product of an advisory with its own versions: what holds for one says nothing of another."""

    name: str
    """As the source writes it: a series, a model, a part number."""
    vendor: str
    """Key of `baselines/advisories/products.yaml` (`huawei`), else as the source writes it."""
    platforms: tuple[str, ...] = ()
    """Platform ids, where the source knows ours; empty: those of the vendor."""
    models: tuple[str, ...] = ()
    """Expressions, each for the whole of a device's model; empty: to be told by the name."""
    on: tuple[str, ...] = ()
    """Hardware that it runs on, where the source names that apart from the software; any is enough."""
    affected: tuple[Affected, ...] = ()
    """Any of them is enough; empty: the source names the product and no version."""
    unaffected: tuple[Affected, ...] = ()
    """Versions that the source says are not affected."""
    fixed: tuple[Fix, ...] = ()
    no_fix: bool = False
    """The source says that there is none, which is more than naming none."""
    condition: str = ""
    """What else must be true of the product: a module, a mode, a part number."""
    complete: bool = False
    """The source says itself that all other versions are not affected."""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What has to be in use before a device can be hit."""

    detail: str
    pattern: str | None = None
    """Matches a whole line of the configuration when the feature is on; None: not told by a line."""
    hints: tuple[str, ...] = ()
    """How a person finds out: commands to look at, as the source words it."""
    products: tuple[str, ...] = ()
    """Names of the products it holds for; empty: all."""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workaround:
    """What can be done short of an upgrade."""

    text: str
    commands: tuple[str, ...] = ()
    """Lines to configure, for a person to check and enter."""
    pattern: str | None = None
    """Matches a whole line of the configuration when it is in place; None: not told by a line."""
    products: tuple[str, ...] = ()
    """Names of the products it holds for; empty: all."""
    origin: Origin | None = None


CvssVersion = Literal["2.0", "3.0", "3.1", "4.0"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One CVSS base score."""

    version: CvssVersion | None
    """None where the source gives a number alone."""
    base: float
    """0 to 10."""
    vector: str = ""
    by: str = ""
    """Who scored."""
    by_vendor: bool = False
    """The one who answers for the product, not a database."""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kev:
    """An entry of CISA's catalogue of vulnerabilities known to be exploited."""

    added: date
    due: date | None
    ransomware: bool | None
    """None: not known."""
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Epss:
    """How likely exploitation is within 30 days, by a model that is replaced now and then: keep the date."""

    probability: float
    """0 to 1."""
    percentile: float
    """0 to 1."""
    model: str
    day: date | None
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Ssvc:
    """CISA's decision points."""

    exploitation: str
    """none, poc or active."""
    automatable: str
    """yes or no."""
    technical_impact: str
    """partial or total."""
    day: date | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Said:
    """One of several things that sources say of the same field."""

    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where sources, or two parts of one, say different things: all are kept, none is chosen silently."""

    field: str
    """Name of the field; of a product's versions `affected`."""
    product: str
    """Name of the product; empty: the whole advisory."""
    note: str
    """In Chinese, for reports: what differs."""
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advisory:
    """One problem, by whatever numbers it goes."""

    id: str
    """The vendor's own number, else the CVE's, else the database's."""
    aliases: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    """Numbers of bulletins that it stands in, perhaps beside other problems: no aliases."""
    kind: Kind = "漏洞"
    title: str
    vendor: str
    """As reports print it."""
    products: tuple[Product, ...]
    """Empty: the record names none that could be read, and concerns nobody we could name."""
    summary: str = ""
    feature: Feature | None = None
    """None: the sources name no condition, so every configuration is concerned."""
    workarounds: tuple[Workaround, ...] = ()
    severity: Severity = "未定"
    scores: tuple[Score, ...] = ()
    remote: bool | None = None
    """Can be triggered from anywhere that reaches the device; None: not said."""
    kev: Kev | None = None
    epss: Epss | None = None
    ssvc: Ssvc | None = None
    references: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    source: str
    """Where it was read from, as reports print it; of several, the one that gave the id."""
    hint: str = ""
    """In Chinese: why it is a hint only (a related system, equal numbers by guess); empty: meant as said."""
    conflicts: tuple[Conflict, ...] = ()
    origins: tuple[tuple[str, tuple[Origin, ...]], ...] = ()
    """By name of a field: where it was read; fields with an origin of their own are not repeated."""

    @property
    def fixed_in(self) -> tuple[str, ...]:
        """Versions and patches to go to, of all products, each once; remedies in words are not among them."""
        fixes = (fix for product in self.products for fix in product.fixed)
        return tuple(dict.fromkeys(fix.said for fix in fixes if fix.base or fix.patch))

    @property
    def score(self) -> Score | None:
        """The score that counts: by CVSS version the newest, then the vendor's own, then the highest."""
        return max(self.scores, key=_weight, default=None)

    @property
    def cvss(self) -> float | None:
        """The base score that counts; None where nobody scored."""
        return None if self.score is None else self.score.base

    def names(self) -> Iterator[str]:
        """Its number and all aliases, as they compare."""
        return (name.upper() for name in (self.id, *self.aliases))


def _weight(score: Score) -> tuple[str, bool, float]:
    return score.version or "", score.by_vendor, score.base


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisoryFile:
    """One source of advisories, as far as it was read."""

    name: str
    as_of: date | None
    """The day up to which the source is complete; None: it does not say."""
    note: str = ""
    advisories: tuple[Advisory, ...]
    records: int | None = None
    """Records of it, where they are not the advisories: merged with those of others, or of KEV and EPSS."""

    @property
    def dated(self) -> str:
        """The day up to which the source is complete, as reports print it."""
        return "" if self.as_of is None else self.as_of.isoformat()

    @property
    def count(self) -> int:
        """How many records it gave."""
        return len(self.advisories) if self.records is None else self.records

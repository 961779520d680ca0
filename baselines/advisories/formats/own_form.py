"""What people write of a bulletin, in YAML or in a table: checked strictly, then made an Advisory."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from baselines.advisories import spans
from baselines.advisories.formats.own_span import Span, Text
from baselines.advisories.products import label, maker_key, makers
from baselines.advisories.scores import score
from baselines.advisory import (
    Advisory,
    AdvisoryFile,
    Feature,
    Fix,
    Kind,
    Origin,
    Product,
    Score,
    Workaround,
)
from collector.platform import platforms


def _expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no valid regular expression: {error}") from None
    return text


def _platform(name: str) -> str:
    if name not in platforms():
        raise ValueError(f"no such platform; known are {', '.join(platforms())}")
    return name


def _vector(text: str) -> str:
    if score(None, text, Origin("")) is None:
        raise ValueError("must be a CVSS vector of version 2, 3.x or 4.0")
    return text


Expression = Annotated[str, Field(min_length=1), AfterValidator(_expression)]
PlatformId = Annotated[str, AfterValidator(_platform)]
Vector = Annotated[str, Field(min_length=1), AfterValidator(_vector)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WrittenFeature(_Strict):
    """What has to be in use before a device can be hit."""

    detail: Text
    pattern: Expression | None = None
    hints: tuple[Text, ...] = ()


class WrittenWorkaround(_Strict):
    """What can be done short of an upgrade."""

    text: Text
    commands: tuple[Text, ...] = ()
    pattern: Expression | None = None


class WrittenProduct(_Strict):
    """One product with versions of its own."""

    platforms: tuple[PlatformId, ...] = ()
    """Empty: those of the vendor."""
    models: tuple[Expression, ...] = ()
    """Each matches the whole of a product model."""
    series: tuple[Text, ...] = ()
    """Names of series as the vendor writes them, instead of models."""
    affected: Annotated[tuple[Span, ...], Field(min_length=1)]
    fixed_in: tuple[Text, ...] = ()
    """Versions and patches to go to, as the bulletin names them; empty: no fix yet."""
    no_fix: bool = False
    """The bulletin says that there will be none."""

    def of_vendor(self, vendor: str) -> tuple[str, ...]:
        """Give the platforms it is about."""
        maker = makers().get(maker_key(vendor))
        return self.platforms or (maker.platforms if maker else ())

    def problems(self, vendor: str) -> Iterator[str]:
        """What is wrong with it, above all with its versions on any of its platforms."""
        if bool(self.models) == bool(self.series):
            yield "write models or series, one of them"
        if self.no_fix and self.fixed_in:
            yield "write no_fix or fixed_in, not both"
        if not self.of_vendor(vendor):
            yield f"platforms: is missing, and no platform is known of vendor {vendor!r}"
        for scheme in self._schemes(vendor):
            for number, span in enumerate(self.affected):
                for problem in span.problems(scheme):
                    inner = "" if problem.startswith("value") else "." if ": value" in problem else ": "
                    yield f"affected.{number}{inner or ': '}{problem}"

    def _schemes(self, vendor: str) -> list[str]:
        return sorted({platforms()[name].version_scheme for name in self.of_vendor(vendor)})

    def meant(self, vendor: str, origin: Origin) -> Iterator[Product]:
        """Make one product of the models, or one of each series."""
        known = self._schemes(vendor)
        product = Product(
            name="、".join(self.models),
            vendor=maker_key(vendor),
            platforms=self.of_vendor(vendor),
            models=self.models,
            affected=tuple(each for span in self.affected for each in span.meant(known, origin)),
            fixed=tuple(_fix(known, said, origin) for said in self.fixed_in),
            no_fix=self.no_fix,
            origin=origin,
        )
        if self.models:
            yield product
        for name in self.series:
            yield Product(
                name=name,
                vendor=product.vendor,
                platforms=product.platforms,
                affected=product.affected,
                fixed=product.fixed,
                no_fix=self.no_fix,
                origin=origin,
            )


def _fix(known: list[str], said: str, origin: Origin) -> Fix:
    """A fix that is no version is kept as it is written."""
    return spans.fix(known, said, origin)


class WrittenAdvisory(_Strict):
    """One bulletin."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    aliases: tuple[Text, ...] = ()
    """Numbers of the same problem elsewhere (CVE, CNVD, ...)."""
    title: Text
    vendor: Text
    platforms: Annotated[tuple[PlatformId, ...], Field(min_length=1)] = ()
    models: Annotated[tuple[Expression, ...], Field(min_length=1)] = ()
    series: Annotated[tuple[Text, ...], Field(min_length=1)] = ()
    affected: Annotated[tuple[Span, ...], Field(min_length=1)] = ()
    fixed_in: tuple[Text, ...] = ()
    no_fix: bool = False
    products: tuple[WrittenProduct, ...] = ()
    """Instead of the six above, where products differ."""
    feature: WrittenFeature | None = None
    """None: every configuration is concerned."""
    remote: bool
    """Can be triggered from anywhere that reaches the device."""
    severity: Literal["严重", "高", "中", "低"]
    cvss: Annotated[float, Field(ge=0, le=10)] | None = None
    vectors: tuple[Vector, ...] = ()
    """CVSS vectors, each of another version."""
    workaround: WrittenWorkaround | None = None
    kind: Kind = "技术公告"
    summary: str = ""
    references: tuple[Text, ...] = ()
    source: Text
    published: date
    updated: date

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        problems = list(self._problems())
        if self.updated < self.published:
            problems.append(f"updated {self.updated} is before published {self.published}")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _problems(self) -> Iterator[str]:
        own = (self.platforms, self.models, self.series, self.affected, self.fixed_in, self.no_fix)
        if not self.products and not self.affected:
            yield "affected: is missing"
        elif not self.products:
            yield from self._own().problems(self.vendor)
        if not self.products:
            return
        if any(own):
            yield "products: stands beside models or affected: write one or the other"
        for number, product in enumerate(self.products):
            yield from (f"products.{number}.{problem}" for problem in product.problems(self.vendor))

    def _own(self) -> WrittenProduct:
        return WrittenProduct(
            platforms=self.platforms,
            models=self.models,
            series=self.series,
            affected=self.affected,
            fixed_in=self.fixed_in,
            no_fix=self.no_fix,
        )

    def meant(self, origin: Origin) -> Advisory:
        """Make an Advisory of it; `origin` is the file and the place in it."""
        vendor = maker_key(self.vendor)
        workarounds = (Workaround(**self.workaround.model_dump(), origin=origin),) if self.workaround else ()
        return Advisory(
            id=self.id,
            aliases=self.aliases,
            kind=self.kind,
            title=self.title,
            vendor=label(vendor) if vendor in makers() else self.vendor,
            products=tuple(
                product
                for written in self.products or (self._own(),)
                for product in written.meant(self.vendor, origin)
            ),
            summary=self.summary,
            feature=Feature(**self.feature.model_dump(), origin=origin) if self.feature else None,
            workarounds=workarounds,
            severity=self.severity,
            scores=tuple(self._scores(origin)),
            remote=self.remote,
            references=self.references,
            source=self.source,
            published=self.published,
            updated=self.updated,
            origins=tuple(
                (name, (origin,)) for name in ("title", "severity", "remote", "published", "updated")
            ),
        )

    def _scores(self, origin: Origin) -> Iterator[Score]:
        if self.cvss is not None and not self.vectors:
            yield Score(version=None, base=self.cvss, by=self.source, by_vendor=True, origin=origin)
        for vector in self.vectors:
            made = score(None, vector, origin, by=self.source, by_vendor=True)
            if made is not None:
                yield made


class WrittenFile(_Strict):
    """One source of advisories."""

    name: Text
    as_of: date
    """The day up to which the source is complete."""
    note: str = ""
    advisories: Annotated[tuple[WrittenAdvisory, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [advisory.id for advisory in self.advisories]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"these ids stand twice: {', '.join(twice)}")
        return self

    def meant(self, file: str) -> AdvisoryFile:
        """Make Advisories of what it says; `file` is where it was read."""
        return AdvisoryFile(
            name=self.name,
            as_of=self.as_of,
            note=self.note,
            advisories=tuple(
                advisory.meant(Origin(self.name, f"{file} advisories.{number}"))
                for number, advisory in enumerate(self.advisories)
            ),
        )

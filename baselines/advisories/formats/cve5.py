"""CVE JSON 5.x: a record of the CVE list, with what others add in their containers (CISA's ADP)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from baselines.advisories.formats import cve5_affected
from baselines.advisories.formats.cve import Parts, advisory
from baselines.advisories.products import maker_key, makers
from baselines.advisories.reading import Feed, Json, JsonFeed, Record, RecordError, Skipped
from baselines.advisories.scores import score
from baselines.advisory import Feature, Fix, Kev, Origin, Product, Score, Ssvc, Workaround

NAME = "CVE 记录（CVE JSON 5）"
_METRICS = ("cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0")


def read(path: Path) -> Feed:
    """Read a record or a list of them; raises AdvisoryError while its records are read."""
    feed = Feed(NAME, "cve5", str(path), iter(()))
    feed.records = _records(path)
    return feed


def _records(path: Path) -> Iterator[Record]:
    file = JsonFeed(path, ("cves", "records"))
    none = True
    for number, item in file.records():
        none = False
        yield _record(item, path.name, str(number))
    if none and file.head:
        yield _record(file.head, path.name, "")


def _record(item: object, file: str, place: str) -> Record:
    try:
        return _advisory(Json(item, place), file)
    except RecordError as error:
        return Skipped(place or file, str(error))


def _advisory(item: Json, file: str) -> Record:
    about = item.object("cveMetadata")
    number = about.text("cveId")
    if not number:
        raise RecordError(f"{about.at('cveId')}: is missing")
    if about.text("state") == "REJECTED":
        return Skipped(number, "the number was rejected or withdrawn")
    where = f"{file} {item.place}".strip()
    containers = item.object("containers")
    cna, adps = containers.object("cna"), list(containers.objects("adp"))
    text = _english(cna, "descriptions")
    products = cve5_affected.products(cna, adps, about.text("assignerShortName"), text, NAME, file)
    solutions = _english(cna, "solutions")
    return advisory(
        Parts(
            cve=number,
            source=NAME,
            where=where,
            title=cna.text("title"),
            text=text,
            text_place=cna.at("descriptions"),
            products=_solved(products, solutions, Origin(NAME, f"{file} {cna.at('solutions')}")),
            scores=tuple(_scores([cna, *adps], about.text("assignerShortName"), file)),
            ssvc=_ssvc(adps, file),
            kev=_kev(adps, file),
            feature=_feature(cna, file),
            workarounds=tuple(_workarounds(cna, file)),
            references=_references(cna, adps),
            part_of=tuple(
                each for each in (cna.object("source").value.get("advisory"),) if isinstance(each, str)
            ),
            published=about.day("datePublished"),
            updated=about.day("dateUpdated"),
        )
    )


def _english(container: Json, name: str) -> str:
    texts = [(each.text("lang"), each.text("value")) for each in container.objects(name)]
    english = [value for lang, value in texts if lang.startswith("en")]
    return "\n".join(dict.fromkeys(english or [value for _, value in texts]))


def _references(cna: Json, adps: list[Json]) -> tuple[str, ...]:
    return tuple(each.text("url") for container in (cna, *adps) for each in container.objects("references"))


def _solved(products: tuple[Product, ...], text: str, origin: Origin) -> tuple[Product, ...]:
    """A remedy in words is kept as such with every product it may be for."""
    if not text:
        return products
    remedy = Fix(text=text, inferred=True, origin=origin)
    return tuple(replace(each, fixed=(*each.fixed, remedy)) for each in products)


def _feature(cna: Json, file: str) -> Feature | None:
    text = _english(cna, "configurations")
    return Feature(detail=text, origin=Origin(NAME, f"{file} {cna.at('configurations')}")) if text else None


def _workarounds(cna: Json, file: str) -> Iterator[Workaround]:
    if text := _english(cna, "workarounds"):
        yield Workaround(text=text, origin=Origin(NAME, f"{file} {cna.at('workarounds')}"))


def _scores(containers: list[Json], assigner: str, file: str) -> Iterator[Score]:
    for container in containers:
        by = container.object("providerMetadata").text("shortName")
        for metric in container.objects("metrics"):
            for name in _METRICS:
                data = metric.object(name)
                made = score(
                    data.number("baseScore"),
                    data.text("vectorString"),
                    Origin(NAME, f"{file} {data.place}"),
                    by=by,
                    by_vendor=by == assigner and maker_key(by) in makers(),
                    version=data.text("version"),
                )
                if made is not None:
                    yield made


def _others(adps: list[Json], kind: str) -> Iterator[Json]:
    for adp in adps:
        for metric in adp.objects("metrics"):
            other = metric.object("other")
            if other.text("type") == kind:
                yield other.object("content")


def _ssvc(adps: list[Json], file: str) -> Ssvc | None:
    for content in _others(adps, "ssvc"):
        said = {key: value for each in content.objects("options") for key, value in each.value.items()}
        return Ssvc(
            exploitation=str(said.get("Exploitation", "")),
            automatable=str(said.get("Automatable", "")),
            technical_impact=str(said.get("Technical Impact", "")),
            day=content.day("timestamp"),
            origin=Origin(NAME, f"{file} {content.place}"),
        )
    return None


def _kev(adps: list[Json], file: str) -> Kev | None:
    for content in _others(adps, "kev"):
        if added := content.day("dateAdded"):
            origin = Origin(NAME, f"{file} {content.place}")
            return Kev(added=added, due=None, ransomware=None, origin=origin)
    return None

"""NVD JSON 2.0: an answer of its service with `vulnerabilities`, or one record."""

from collections.abc import Iterator
from pathlib import Path

from baselines.advisories.formats import cve5_affected, nvd
from baselines.advisories.formats.cve import Parts, advisory
from baselines.advisories.reading import Feed, Json, JsonFeed, Record, RecordError, Skipped, day_of
from baselines.advisories.scores import score
from baselines.advisory import Kev, Origin, Product, Score

NAME = "NVD（JSON 2.0）"
_METRICS = ("cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2")


def read(path: Path) -> Feed:
    """Read a feed or one record of it; raises AdvisoryError while its records are read."""
    feed = Feed(NAME, "nvd20", str(path), iter(()))
    feed.records = _records(path, feed)
    return feed


def _records(path: Path, feed: Feed) -> Iterator[Record]:
    file = JsonFeed(path, ("vulnerabilities", "cve_items"))
    none = True
    for number, item in file.records():
        none = False
        yield _record(item, path.name, str(number))
    feed.as_of = day_of(str(file.head.get("timestamp", "")))
    if none and "id" in file.head:
        yield _record(file.head, path.name, "")


def _record(item: object, file: str, place: str) -> Record:
    try:
        outer = Json(item, place)
        return _advisory(outer.object("cve") if "cve" in outer.value else outer, file)
    except RecordError as error:
        return Skipped(place or file, str(error))


def _advisory(item: Json, file: str) -> Record:
    number = item.text("id")
    if not number:
        raise RecordError(f"{item.at('id')}: is missing")
    if item.text("vulnStatus") == "Rejected":
        return Skipped(number, "the number was rejected or withdrawn")
    where = f"{file} {item.place}".strip()
    texts = {each.text("lang"): each.text("value") for each in reversed(list(item.objects("descriptions")))}
    nodes = [_configuration(each) for each in item.objects("configurations")]
    text = texts.get("en") or next(iter(texts.values()), "")
    return advisory(
        Parts(
            cve=number,
            source=NAME,
            where=where,
            text=text,
            text_place="descriptions",
            products=nvd.products(nodes, NAME, file) or _repeated(item, text, file),
            scores=tuple(_scores(item.object("metrics"), where)),
            references=tuple(each.text("url") for each in item.objects("references")),
            published=item.day("published"),
            updated=item.day("lastModified"),
            kev=_kev(item, where),
        )
    )


def _repeated(item: Json, text: str, file: str) -> tuple[Product, ...]:
    """What NVD repeats of the CVE record, for one that it has not analysed itself."""
    containers = [
        Json({"affected": each.list("affectedData")}, each.place) for each in item.objects("affected")
    ]
    if not containers:
        return ()
    assigner = item.text("sourceIdentifier").rpartition("@")[2].partition(".")[0]
    return cve5_affected.products(containers[0], containers[1:], assigner, text, NAME, file)


def _kev(item: Json, where: str) -> Kev | None:
    added = item.day("cisaExploitAdd")
    origin = Origin(NAME, f"{where} {item.at('cisaExploitAdd')}")
    return Kev(added=added, due=item.day("cisaActionDue"), ransomware=None, origin=origin) if added else None


def _configuration(configuration: Json) -> nvd.Node:
    nodes = tuple(_node(node) for node in configuration.objects("nodes"))
    negate = configuration.value.get("negate") is True
    return nvd.Node(configuration.text("operator").upper() == "AND", negate, (), nodes)


def _node(node: Json) -> nvd.Node:
    matches = tuple(nvd.match_of(entry, "criteria") for entry in node.objects("cpeMatch"))
    negate = node.value.get("negate") is True
    return nvd.Node(node.text("operator").upper() == "AND", negate, matches, ())


def _scores(metrics: Json, where: str) -> Iterator[Score]:
    for name in _METRICS:
        for each in metrics.objects(name):
            data = each.object("cvssData")
            by = each.text("source")
            made = score(
                data.number("baseScore"),
                data.text("vectorString"),
                Origin(NAME, f"{where} {each.place}"),
                by=by,
                by_vendor=by != "nvd@nist.gov",
                version=data.text("version"),
            )
            if made is not None:
                yield made

"""NVD JSON 1.1: a yearly feed with `CVE_Items`, or one such item."""

from collections.abc import Iterator
from pathlib import Path

from baselines.advisories.formats import nvd
from baselines.advisories.formats.cve import Parts, advisory
from baselines.advisories.reading import Feed, Json, JsonFeed, Record, RecordError, Skipped, day_of
from baselines.advisories.scores import score
from baselines.advisory import Origin, Score

NAME = "NVD（JSON 1.1）"


def read(path: Path) -> Feed:
    """Read a feed or one item of it; raises AdvisoryError while its records are read."""
    feed = Feed(NAME, "nvd11", str(path), iter(()))
    feed.records = _records(path, feed)
    return feed


def _records(path: Path, feed: Feed) -> Iterator[Record]:
    file = JsonFeed(path, ("CVE_Items",))
    none = True
    for number, item in file.records():
        none = False
        yield _record(item, path.name, f"CVE_Items.{number}")
    feed.as_of = day_of(str(file.head.get("CVE_data_timestamp", "")))
    if none and "cve" in file.head:
        yield _record(file.head, path.name, "")


def _record(item: object, file: str, place: str) -> Record:
    try:
        return _advisory(Json(item, place), file)
    except RecordError as error:
        return Skipped(place or file, str(error))


def _advisory(item: Json, file: str) -> Record:
    about = item.object("cve")
    number = about.object("CVE_data_meta").text("ID")
    if not number:
        raise RecordError(f"{about.at('CVE_data_meta.ID')}: is missing")
    where = f"{file} {item.place}".strip()
    texts = [t.text("value") for t in about.object("description").objects("description_data")]
    if texts and texts[0].startswith("** REJECT **"):
        return Skipped(number, "the number was rejected or withdrawn")
    nodes = [_node(node) for node in item.object("configurations").objects("nodes")]
    return advisory(
        Parts(
            cve=number,
            source=NAME,
            where=where,
            text=next(iter(texts), ""),
            text_place="cve.description",
            products=nvd.products(nodes, NAME, file),
            scores=tuple(_scores(item.object("impact"), Origin(NAME, f"{where} impact"))),
            references=tuple(r.text("url") for r in about.object("references").objects("reference_data")),
            published=item.day("publishedDate"),
            updated=item.day("lastModifiedDate"),
        )
    )


def _node(node: Json) -> nvd.Node:
    return nvd.Node(
        all_of=node.text("operator").upper() == "AND",
        negate=node.value.get("negate") is True,
        matches=tuple(nvd.match_of(entry, "cpe23Uri") for entry in node.objects("cpe_match")),
        children=tuple(_node(child) for child in node.objects("children")),
    )


def _scores(impact: Json, origin: Origin) -> Iterator[Score]:
    for metric, name in (("baseMetricV3", "cvssV3"), ("baseMetricV2", "cvssV2")):
        data = impact.object(metric).object(name)
        made = score(
            data.number("baseScore"),
            data.text("vectorString"),
            origin,
            by="NVD",
            version=data.text("version"),
        )
        if made is not None:
            yield made

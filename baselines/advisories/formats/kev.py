"""CISA's catalogue of known exploited vulnerabilities (KEV), JSON."""

from collections.abc import Iterator
from pathlib import Path

from baselines.advisories.reading import (
    Enrichment,
    Feed,
    Json,
    JsonFeed,
    Record,
    RecordError,
    Skipped,
    day_of,
)
from baselines.advisory import Kev, Origin

NAME = "CISA KEV（已知被利用漏洞目录）"


def read(path: Path) -> Feed:
    """Read the catalogue; raises AdvisoryError while its records are read."""
    feed = Feed(NAME, "kev", str(path), iter(()))
    feed.records = _records(path, feed)
    return feed


def _records(path: Path, feed: Feed) -> Iterator[Record]:
    file = JsonFeed(path, ("vulnerabilities",))
    number = -1
    for number, item in file.records():
        try:
            yield _entry(Json(item, f"vulnerabilities.{number}"), path.name)
        except RecordError as error:
            yield Skipped(f"vulnerabilities.{number}", str(error))
    feed.as_of = day_of(str(file.head.get("dateReleased", "")))
    said = file.head.get("count")
    if isinstance(said, int) and said != number + 1:
        yield Skipped(path.name, f"count: the catalogue says {said} entries and holds {number + 1}")


def _entry(item: Json, file: str) -> Enrichment:
    cve, added = item.text("cveID"), item.day("dateAdded")
    if not cve or added is None:
        raise RecordError(f"{item.at('cveID' if not cve else 'dateAdded')}: is missing")
    kev = Kev(
        added=added,
        due=item.day("dueDate"),
        ransomware={"known": True}.get(item.text("knownRansomwareCampaignUse").lower()),
        origin=Origin(NAME, f"{file} {item.place}"),
    )
    return Enrichment(cve.upper(), kev=kev)

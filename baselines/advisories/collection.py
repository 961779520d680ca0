"""Which advisories there are to judge by: those shipped with the program, and those in the data folder."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from baselines.advisories.bundle import Bundle, bundle_root, current
from baselines.advisories.detection import open_feed
from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats.own_yaml import load_packaged
from baselines.advisories.merging import Kept, merged
from baselines.advisories.reading import Enrichment, Feed, Skipped
from baselines.advisories.signature import TRUSTED
from baselines.advisory import Advisory, AdvisoryFile


def shipped() -> AdvisoryFile:
    """Give the small bundle of our own writing; its note says what it covers."""
    return load_packaged(files("baselines") / "advisories" / "shipped.yaml")


def demo() -> AdvisoryFile:
    """Give the fictional advisories of the demo site."""
    return load_packaged(files("baselines") / "advisories" / "demo.yaml")


def known(data: Path) -> tuple[AdvisoryFile, ...]:
    """Give what is shipped, and what was imported into this data folder.

    Raises BundleError where the bundle is damaged, or not signed by a key that is trusted.
    """
    bundle = current(data)
    return (shipped(), *(() if bundle is None else imported(data, bundle)))


def everything(data: Path, *, others: bool) -> Iterator[Advisory]:
    """Give all that is known, one of each problem; with `others` also of makers that are not inspected.

    Raises BundleError where the bundle is damaged, or not signed by a key that is trusted.
    """
    records = [Kept("own_yaml", shipped().name, each) for each in shipped().advisories]
    bundle = current(data)
    if bundle is not None:
        bundle.signed_by(bundle_root(data) / TRUSTED)
        held = (*bundle.advisories(), *(bundle.others() if others else ()))
        records += [Kept("bundle", each.source, each) for each in held]
    return merged(records)


def imported(data: Path, bundle: Bundle) -> Iterator[AdvisoryFile]:
    """Give a bundle as one file per source; what several sources say is with the one that gave the number.

    Raises BundleError where the bundle is damaged, or not signed by a key that is trusted.
    """
    bundle.signed_by(bundle_root(data) / TRUSTED)
    by_source: dict[str, list[Advisory]] = {source.name: [] for source in bundle.manifest.sources}
    for advisory in bundle.advisories():
        home = advisory.source if advisory.source in by_source else next(iter(by_source))
        by_source[home].append(advisory)
    for source in bundle.manifest.sources:
        yield AdvisoryFile(
            name=source.name,
            as_of=source.as_of,
            note=source.note or ("" if source.stated else "日期为其中最新一条的日期"),
            advisories=tuple(by_source[source.name]),
            records=source.records,
        )


def read_files(paths: Sequence[Path]) -> tuple[AdvisoryFile, ...]:
    """Read files of any known form, without importing them: one per source, records of one problem merged.

    Raises AdvisoryError naming file, place, value and what was expected, also where records had to be
    skipped: who names a file wants all of it.
    """
    feeds: list[Feed] = []
    records: list[Kept] = []
    enrichments: list[Enrichment] = []
    for path in paths:
        feed = open_feed(path)
        feeds.append(feed)
        _sorted_out(feed, records, enrichments)
    if not records:
        named = ", ".join(map(str, paths))
        raise AdvisoryError(named, ["file: holds no advisory; KEV and EPSS only add to those of others"])
    home = {kept.advisory.id: kept.source for kept in reversed(records)}
    advisories = list(merged(records, enrichments))
    newest = {kept.source: _newest(records, kept.source) for kept in records}
    return tuple(
        AdvisoryFile(
            name=feed.name,
            as_of=feed.as_of or newest.get(feed.name),
            note=feed.note,
            advisories=tuple(each for each in advisories if home[each.id] == feed.name),
            records=_count(feed, records, enrichments),
        )
        for feed in {feed.name: feed for feed in feeds}.values()
    )


def _sorted_out(feed: Feed, records: list[Kept], enrichments: list[Enrichment]) -> None:
    skipped: list[Skipped] = []
    for record in feed.records:
        match record:
            case Skipped():
                skipped.append(record)
            case Enrichment():
                enrichments.append(record)
            case _:
                records.append(Kept(feed.format, feed.name, record))
    if skipped:
        raise AdvisoryError(feed.file, [f"{each.record}: {each.reason}" for each in skipped])


def _newest(records: Sequence[Kept], source: str) -> date | None:
    days = (kept.advisory.updated for kept in records if kept.source == source)
    return max((day for day in days if day), default=None)


def _count(feed: Feed, records: Sequence[Kept], enrichments: Sequence[Enrichment]) -> int:
    listed = (each.kev or each.epss for each in enrichments)
    return sum(kept.source == feed.name for kept in records) + sum(
        told is not None and told.origin.source == feed.name for told in listed
    )

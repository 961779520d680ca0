"""From files of any known form to a new bundle: what was held, what came, and what of it was skipped."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from baselines.advisories.bundle import Bundle, Source, current, write
from baselines.advisories.detection import format_of, open_feed
from baselines.advisories.errors import AdvisoryError
from baselines.advisories.merging import Kept, merged
from baselines.advisories.reading import Enrichment, Feed, Skipped
from baselines.advisory import Advisory

_OLDER = "older than the record that is held"
_HIDDEN = "."


@dataclass(slots=True)
class FileRead:
    """What one file gave."""

    file: str
    format: str
    source: str
    advisories: int = 0
    enrichments: int = 0
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(slots=True)
class Imported:
    """What an import did."""

    bundle: Bundle
    files: list[FileRead]
    passed_over: list[str]
    """Files in folders that have no known form."""
    new: int
    changed: int
    same: int

    @property
    def reasons(self) -> Counter[str]:
        """How many records were skipped for each reason."""
        return Counter(_reason(each) for file in self.files for each in file.skipped)


def _reason(skipped: Skipped) -> str:
    """A reason without its place and value, so that equal ones are counted together."""
    place, _, what = skipped.reason.rpartition(": ")
    return what if place else skipped.reason


@dataclass(slots=True)
class _Held:
    """Records by what makes them the same when they come again."""

    records: dict[tuple[str, str, tuple[str, ...]], Kept] = field(default_factory=dict)
    enrichments: dict[tuple[str, str], Enrichment] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    newest: dict[str, date] = field(default_factory=dict)
    """By source: the day of its newest record."""
    new: int = 0
    changed: int = 0
    same: int = 0

    def take(self, kept: Kept) -> Skipped | None:
        """Hold a record; one that is older than what is held is skipped."""
        before = self.records.get(kept.key)
        if before is None:
            self.new += 1
        elif before == kept:
            self.same += 1
        elif _day(kept.advisory) < _day(before.advisory):
            return Skipped(kept.advisory.id, _OLDER)
        else:
            self.changed += 1
        self.hold(kept)
        return None

    def hold(self, kept: Kept) -> None:
        """Hold a record in the place of the one before."""
        self.records[kept.key] = kept
        day = _day(kept.advisory)
        self.newest[kept.source] = max(day, self.newest.get(kept.source, date.min))

    def enrich(self, each: Enrichment) -> None:
        self.enrichments[each.cve, "kev" if each.kev else "epss"] = each


def _day(advisory: Advisory) -> date:
    return advisory.updated or advisory.published or date.min


def import_files(
    paths: Sequence[Path],
    data: Path,
    *,
    now: datetime,
    tool_version: str,
    on_record: Callable[[str, int], None] = lambda _file, _count: None,
) -> Imported:
    """Read files and folders and put a new bundle to use, with all that was held before.

    `on_record` is told the file and how many of its records have been read, now and then.
    Raises AdvisoryError with the problems of all files when one cannot be used; nothing is changed then.
    """
    before = current(data)
    held = _Held()
    if before is not None:
        held.sources = {source.name: source for source in before.manifest.sources}
        for kept in before.records():
            held.hold(kept)
        for each in before.enrichments():
            held.enrich(each)
    files, passed_over = _files(paths)
    read: list[FileRead] = []
    problems: list[str] = []
    for path in files:
        try:
            feed = open_feed(path)
            one = FileRead(str(path), feed.format, feed.name)
            _read(feed, one, held, on_record)
        except AdvisoryError as error:
            problems += [f"{path}: {problem}" for problem in error.problems]
            continue
        held.sources[feed.name] = _source(feed, held, one, now)
        read.append(one)
    if problems or not read:
        named = ", ".join(map(str, paths))
        raise AdvisoryError(named, problems or ["file: there is no file of a known form"])
    bundle = write(
        data,
        records=held.records.values(),
        advisories=merged(held.records.values(), held.enrichments.values()),
        enrichments=held.enrichments.values(),
        sources=tuple(_counted(held)),
        now=now,
        tool_version=tool_version,
    )
    return Imported(bundle, read, passed_over, held.new, held.changed, held.same)


def _files(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """Give the files that are meant; of a folder those of a known form, and which of it have none."""
    found: list[Path] = []
    passed_over: list[str] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for inner in sorted(path.rglob("*")):
            if not inner.is_file() or inner.name.startswith(_HIDDEN):
                continue
            try:
                format_of(inner)
            except AdvisoryError as error:
                if any("of no known form" in problem for problem in error.problems):
                    passed_over.append(str(inner))
                    continue
            found.append(inner)
    return found, passed_over


_TELL_EVERY = 500


def _read(feed: Feed, one: FileRead, held: _Held, on_record: Callable[[str, int], None]) -> None:
    for number, record in enumerate(feed.records, 1):
        match record:
            case Skipped():
                one.skipped.append(record)
            case Enrichment():
                held.enrich(record)
                one.enrichments += 1
            case _:
                older = held.take(Kept(feed.format, feed.name, record))
                one.advisories += older is None
                one.skipped += [older] if older else []
        if number % _TELL_EVERY == 1:
            on_record(one.file, number)


def _source(feed: Feed, held: _Held, one: FileRead, now: datetime) -> Source:
    """Date a source: by what it says itself, else by its newest record."""
    old = held.sources.get(feed.name)
    days = [old.as_of] if old and old.as_of else []
    if feed.as_of is not None:
        days.append(feed.as_of)
    elif held.newest.get(feed.name, date.min) > date.min:
        days.append(held.newest[feed.name])
    return Source(
        name=feed.name,
        format=feed.format,
        as_of=max(days, default=None),
        stated=feed.as_of is not None,
        imported_at=now,
        records=0,
        skipped=len(one.skipped) + (old.skipped if old and old.imported_at == now else 0),
        note=feed.note,
    )


def _counted(held: _Held) -> Iterator[Source]:
    """Sources with what the bundle holds of them."""
    counts = Counter(kept.source for kept in held.records.values())
    for each in held.enrichments.values():
        told = each.kev or each.epss
        if told is not None:
            counts[told.origin.source] += 1
    for name, source in held.sources.items():
        yield replace(source, records=counts[name])

"""What the store has to do with a run: what was before it, and that it is remembered."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from agent.history.database import HistoryError, writing
from agent.history.decided import decisions, keep_waivers
from agent.history.store import History, dump_record, load_record
from baselines.trend_rules import trend_rules
from checks.identity import Tracker, Unit
from checks.inspection import Inspection, Past
from checks.lifecycle import follow
from checks.metrics import Metric, Sample, Series
from checks.record import InspectionRecord
from checks.remembering import record_of
from checks.trends import soonest_first, trend
from collector.run_folder import RunFolder
from collector.runs import runs_of_site

MEASURED = 36
"""So many inspections are looked back on for trends; problems are followed through all."""


def history_url(told: str | None) -> str:
    """Where the history is: what was told, else XUNJIAN_HISTORY; empty for the file in the data folder."""
    return told if told is not None else os.environ.get("XUNJIAN_HISTORY", "")


@dataclass(slots=True)
class Earlier:
    """The inspections of a site before a run."""

    records: tuple[InspectionRecord, ...] = ()
    unavailable: str = ""
    _tracker: Tracker = field(default_factory=Tracker)
    _samples: dict[str, dict[tuple[str, str], list[Sample]]] = field(default_factory=dict)
    """By key of the device."""

    def __post_init__(self) -> None:
        for record in self.records:
            reached = [device for device in record.devices if device.reached]
            units = self._tracker.see(
                record.started_at, ((d.name, d.serials) for d in reached), record.inventory
            )
            for device in reached:
                taken = self._samples.setdefault(units[device.name].key, {})
                for metric in device.metrics:
                    sample = Sample(device.collected_at or record.started_at, metric.value)
                    taken.setdefault((metric.name, metric.object), []).append(sample)

    def series(self, name: str, serials: frozenset[str], inventory: frozenset[str]) -> Series:
        """Give the earlier values of a device, the oldest first."""
        unit = self._unit(name, serials, inventory)
        taken = {} if unit is None else self._samples.get(unit.key, {})
        return {key: tuple(samples) for key, samples in taken.items()}

    def _unit(self, name: str, serials: frozenset[str], inventory: frozenset[str]) -> Unit | None:
        known = self._tracker.known(name)
        if known is not None:
            return known
        gone = (unit for unit in self._tracker.units if unit.name not in inventory)
        return next((unit for unit in gone if unit.serials & serials), None)


@dataclass(slots=True)
class Memory:
    """The store as one run uses it; what goes wrong with it is said and never fails the run."""

    run: RunFolder
    say: Callable[[str], None]
    history: History | None = None
    earlier: Earlier = field(default_factory=Earlier)

    def remember(self, inspection: Inspection) -> Inspection:
        """Put the inspection among the earlier ones; give it with what they add to it.

        The record is kept in the run folder first, so that the store can be made again from it. Of a run that
        was judged by some of its checks only, nothing is kept. Raises OSError for the folder alone.
        """
        record = record_of(inspection)
        told = _with_past(inspection, self.earlier, record)
        if not set(record.checks) >= set(self.run.plan.checks):
            return told
        text = dump_record(record)
        if self.run.record() != text:
            self.run.keep_record(text)
        try:
            return told if self.history is None else _stored(self.history, told, record, text)
        except HistoryError as error:
            self.say(f"{error}; the next run makes up for it, or `xunjian history rebuild`")
            return told


@contextmanager
def memory(run: RunFolder, url: str, say: Callable[[str], None]) -> Iterator[Memory]:
    """Open the store for one run, and look up what was before it."""
    if not url and run.path.parent.name != "runs":
        yield Memory(run, say, earlier=Earlier(unavailable="运行不在数据目录之内"))
        return
    try:
        history = History.open(run.data, url)
    except HistoryError as error:
        say(str(error))
        yield Memory(run, say, earlier=Earlier(unavailable="历史库无法打开"))
        return
    with closing(history):
        plan = run.plan
        try:
            for name, why in catch_up(history, run.path.parent, plan.site.name, but=run.path.name).items():
                say(f"run {name} is not in the history: {why}")
            before = history.records(plan.site.name, before=plan.created_at, measured=MEASURED)
            opened = Memory(run, say, history, Earlier(before))
        except HistoryError as error:
            say(str(error))
            opened = Memory(run, say, history, Earlier(unavailable="历史库无法读取"))
        yield opened


def _with_past(inspection: Inspection, before: Earlier, record: InspectionRecord) -> Inspection:
    judged = [
        trend(name, metric, samples, trend_rules()) for name, metric, samples in _continued(before, record)
    ]
    past = Past(
        inspections=len(before.records),
        problems=follow((*before.records, record)),
        decisions={},
        series=len(judged),
        trends=tuple(soonest_first([each for each in judged if each is not None])),
        unavailable=before.unavailable,
    )
    return replace(inspection, past=past)


def _continued(before: Earlier, record: InspectionRecord) -> Iterator[tuple[str, Metric, tuple[Sample, ...]]]:
    """Every value of the inspection with those that came before it, by name of its device."""
    inventory = frozenset(record.inventory)
    for device in record.devices:
        series = before.series(device.name, frozenset(device.serials), inventory)
        for metric in device.metrics:
            now = Sample(device.collected_at or record.started_at, metric.value)
            yield device.name, metric, (*series.get((metric.name, metric.object), ()), now)


def _stored(history: History, told: Inspection, record: InspectionRecord, text: bytes) -> Inspection:
    history.record(text)
    with writing(history.engine) as connection:
        given = (use.waiver for use in told.waivers)
        keep_waivers(connection, record.site, record.run_id, record.started_at, given)
    if told.past is None:
        return told
    said = decisions(history.engine, record.site, told.past.problems)
    return replace(told, past=replace(told.past, decisions=said))


def catch_up(history: History, runs: Path, site: str | None = None, but: str = "") -> dict[str, str]:
    """Remember the runs that were judged and are not remembered: whose recording failed, or never came.

    Gives the folders whose record cannot be read, with the reason. Raises HistoryError.
    """
    known = {*history.digests(), but}
    bad: dict[str, str] = {}
    missing = (path for path in runs_of_site(runs, site) if path.name not in known)
    texts = [text for _, text in _good_records(missing, bad)]
    if texts:
        history.record_all(texts)
    return bad


def rebuild(history: History, runs: Path, on_run: Callable[[str], None]) -> dict[str, str]:
    """Make all that is derived anew from run folders, in one transaction; `on_run` is told each.

    Gives the folders whose record cannot be read, with the reason. Raises HistoryError.
    """
    bad: dict[str, str] = {}

    def told() -> Iterator[bytes]:
        for name, text in _good_records(runs_of_site(runs), bad):
            on_run(name)
            yield text

    history.replace_all(told())
    return bad


def _good_records(runs: Iterable[Path], bad: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for path in runs:
        text = RunFolder(path).record()
        if text is not None:
            try:
                load_record(text)
            except HistoryError as error:
                bad[path.name] = str(error)
            else:
                yield path.name, text

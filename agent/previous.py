"""The inspection before: found in the data folder, device by device."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from agent.run_facts import EarlierRun
from checks.identity import serial_numbers
from collector.errors import RunFolderError, XunjianError
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.run_record import Damage, RunState
from collector.runs import open_run, runs_of_site
from parsers.facts import Facts

LAST = ""
"""Compare with the last inspection of each device, whichever run that was."""


class PreviousError(XunjianError):
    """What was named as the run before cannot be it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What one device gave at an inspection before."""

    run_id: str
    planned_at: datetime
    """When that run was planned."""
    collected_at: datetime | None
    """When the device was asked then; None: an imported log does not say."""
    name: str
    """What the device was called then."""
    facts: Facts


class Previous:
    """The inspections before a run, asked for one device at a time."""

    def __init__(self, run: RunFolder, which: str | None) -> None:
        """`which` is the id or folder of a run, LAST, or None for no comparison at all.

        Raises PreviousError for the run itself or one of another site, RunFolderError for what is no run.
        """
        self._run = run
        self._plan = run.plan
        self._present = frozenset(device.name for device in self._plan.site.devices)
        self._seen: list[EarlierRun] = []
        self._ahead: Iterator[EarlierRun] = iter(())
        self.unusable: list[Damage] = []
        """Runs that could not be read, as far as they were looked at."""
        if which:
            self._ahead = iter((self._named(which),))
        elif which == LAST:
            self._ahead = self._before()

    @property
    def newest(self) -> EarlierRun | None:
        """The newest of these inspections; None where there is none."""
        return next(self._each(), None)

    def of(self, device: str, facts: Facts) -> Before | None:
        """Give what a device gave when it was last inspected; None when it never was.

        It is known by its name, else by its serial number where its former name is no more.
        """
        for run in self._each():
            if device in run.outcomes:
                return _was(run, device)
        serials = serial_numbers(facts)
        for run in self._each() if serials else ():
            for name in run.outcomes.keys() - self._present:
                if serials & run.serials(name):
                    return _was(run, name)
        return None

    def _each(self) -> Iterator[EarlierRun]:
        """The runs, the newest first; no more of them are opened than are asked for."""
        yield from self._seen
        for run in self._ahead:
            self._seen.append(run)
            yield run

    def _named(self, which: str) -> EarlierRun:
        run = open_run(which, self._run.data)
        if run.path.resolve() == self._run.path.resolve():
            raise PreviousError(f"run {which} cannot be compared with itself")
        earlier = EarlierRun(run)
        if earlier.plan.site.name != self._plan.site.name:
            raise PreviousError(
                f"run {which} is of site {earlier.plan.site.name}, and not of {self._plan.site.name}"
            )
        return earlier

    def _before(self) -> Iterator[EarlierRun]:
        """Runs of the site that were planned before and came to their end, the newest first."""
        for path in runs_of_site(self._run.path.parent, self._plan.site.name):
            try:
                run = RunFolder.open(path)
                earlier = EarlierRun(run) if self._counts(run) else None
            except RunFolderError as error:
                self.unusable.append(Damage(file=path.name, detail=str(error)))
                continue
            if earlier is not None:
                yield earlier

    def _counts(self, run: RunFolder) -> bool:
        plan = run.plan
        # In a sensitive period little is asked and often: no such round takes the place of an inspection.
        as_much = plan.profile is not ProfileName.LIGHT or self._plan.profile is ProfileName.LIGHT
        return (
            plan.site.name == self._plan.site.name
            and plan.created_at < self._plan.created_at
            and not plan.only_some_checks
            and as_much
            and run.state in (RunState.JUDGED, RunState.REPORTED)
            and not run.interrupted
        )


def _was(run: EarlierRun, name: str) -> Before:
    return Before(
        run_id=run.plan.run_id,
        planned_at=run.plan.created_at,
        collected_at=run.outcomes[name].started_at,
        name=name,
        facts=run.facts(name),
    )

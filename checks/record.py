"""What is remembered of an inspection: enough to follow problems and values, without facts and evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from checks.exposure import ExposureState
from checks.identity import serial_numbers
from checks.inspection import DeviceReport, Finding, Inspection
from checks.metrics import Metric, metrics
from checks.verdict import Outcome, Severity, Verdict
from collector.profile import ProfileName
from parsers.facts import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProblem:
    """A fail."""

    check_id: str
    object: str
    severity: Severity
    message: str
    number: str
    """Within its inspection: `P001`."""
    accepted: bool
    """By a waiver that held then."""

    @property
    def identity(self) -> tuple[str, str]:
        """What makes it the same problem at the same device's next inspection."""
        return self.check_id, self.object


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundExposure:
    """An advisory that may concern the device."""

    advisory_id: str
    state: ExposureState
    severity: str
    """The advisory's own word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRecord:
    """One device."""

    name: str
    reached: bool
    reason: str
    """Why it was not inspected; empty when it was."""
    serials: tuple[str, ...]
    """Of its chassis, sorted; empty where they are not known."""
    platform: str
    model: str
    version: str
    """Each empty where it is not known."""
    collected_at: datetime | None
    score: float | None
    outcomes: Mapping[Outcome, int]
    """How many checks ended so."""
    ledger: Mapping[str, int]
    """How many commands were read so far (a value of ReadResult)."""
    unsure: Mapping[str, tuple[str, ...]]
    """Checks of which something was not assessed, each with the objects that were found in order."""
    problems: tuple[FoundProblem, ...]
    exposures: tuple[FoundExposure, ...]
    """Those that are affected or not determined."""
    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionRecord:
    """One inspection."""

    run_id: str
    site: str
    customer: str
    kind: str
    profile: ProfileName
    started_at: datetime
    ended_at: datetime
    complete: bool
    interrupted: str
    score: float | None
    grade: str
    """Empty for none."""
    tool_version: str
    checks: tuple[str, ...]
    """Ids of all that were run."""
    inventory: tuple[str, ...]
    """Names of all devices of the site, also those that were not selected."""
    devices: tuple[DeviceRecord, ...]


def record_of(inspection: Inspection) -> InspectionRecord:
    """Keep what is to be remembered."""
    found: dict[str, list[Finding]] = {}
    for finding in inspection.findings:
        found.setdefault(finding.device, []).append(finding)
    return InspectionRecord(
        run_id=inspection.run_id,
        site=inspection.site.name,
        customer=inspection.site.customer,
        kind=inspection.kind,
        profile=inspection.profile,
        started_at=inspection.started_at,
        ended_at=inspection.ended_at,
        complete=inspection.complete,
        interrupted=inspection.interrupted,
        score=inspection.conclusion.score,
        grade=inspection.conclusion.grade or "",
        tool_version=inspection.tool_version,
        checks=tuple(inspection.texts),
        inventory=tuple(device.name for device in inspection.site.devices),
        devices=tuple(_device(each, found.get(each.device.name, ())) for each in inspection.devices),
    )


def _device(report: DeviceReport, found: Iterable[Finding]) -> DeviceRecord:
    facts = report.facts
    return DeviceRecord(
        name=report.device.name,
        reached=report.reached,
        reason="" if report.reason is None else report.reason.value,
        serials=tuple(sorted(serial_numbers(facts))),
        platform=report.platform or "",
        model="" if isinstance(facts.identity, Unknown) else facts.identity.value.model,
        version="" if isinstance(facts.software, Unknown) else facts.software.value.version,
        collected_at=report.collected_at,
        score=report.score,
        outcomes={outcome: report.count(outcome) for outcome in Outcome},
        ledger=_counted(record.parsed.value for record in report.commands),
        unsure=dict(_unsure(verdict) for verdict in report.verdicts if _has_gaps(verdict)),
        problems=tuple(_problem(finding) for finding in found),
        exposures=tuple(
            FoundExposure(advisory_id=e.advisory_id, state=e.state, severity=e.severity)
            for e in report.exposures
            if e.state in (ExposureState.AFFECTED, ExposureState.UNDETERMINED)
        ),
        metrics=tuple(metrics(facts)),
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for word in words:
        counted[word] = counted.get(word, 0) + 1
    return counted


def _has_gaps(verdict: Verdict) -> bool:
    return any(result.outcome is Outcome.NOT_ASSESSED for result in verdict.results)


def _unsure(verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    """The check, with the objects of which it is known nevertheless that nothing is wrong."""
    doubtful = {r.object for r in verdict.results if r.outcome in (Outcome.NOT_ASSESSED, Outcome.FAIL)}
    fine = {r.object for r in verdict.results if r.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE)}
    return verdict.check_id, tuple(sorted(fine - doubtful))


def _problem(finding: Finding) -> FoundProblem:
    return FoundProblem(
        check_id=finding.check_id,
        object=finding.object,
        severity=finding.severity,
        message=finding.message,
        number=finding.number,
        accepted=finding.waiver is not None,
    )

"""Making the record of an inspection: what later ones are followed by."""

from collections.abc import Iterable

from checks.exposure import ExposureState
from checks.identity import serial_numbers
from checks.inspection import DeviceReport, Finding, Inspection
from checks.metrics import metrics
from checks.record import DeviceRecord, FoundExposure, FoundProblem, InspectionRecord
from checks.verdict import Outcome, Verdict
from parsers.facts import Unknown


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
        problems=_first_of_each(found),
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


def _first_of_each(found: Iterable[Finding]) -> tuple[FoundProblem, ...]:
    """One for each identity, the severest: a check ought not to say one thing twice."""
    problems: dict[tuple[str, str], FoundProblem] = {}
    for finding in found:
        problem = _problem(finding)
        problems.setdefault(problem.identity, problem)
    return tuple(problems.values())


def _problem(finding: Finding) -> FoundProblem:
    return FoundProblem(
        check_id=finding.check_id,
        object=finding.object,
        severity=finding.severity,
        message=finding.message,
        number=finding.number,
        accepted=finding.waiver is not None,
    )

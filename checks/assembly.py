"""From what was collected of each device to the Inspection of the site."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from baselines.baseline import Baseline, Scoring
from baselines.site_form import FilledForm
from baselines.waivers import Waiver
from checks.check import Check, Context, run
from checks.conclusion import conclude
from checks.evaluation import Evaluation
from checks.evidence import EvidenceBook, Output
from checks.exposure import Exposure
from checks.fleet import Fleet, Member
from checks.growth import CounterSample
from checks.inspection import (
    AdvisorySource,
    CheckText,
    CommandRecord,
    DeviceReport,
    Finding,
    Inspection,
    LastInspection,
)
from checks.metrics import Series
from checks.score import device_score
from checks.texts import check_texts
from checks.verdict import SEVEREST_FIRST, Result, Severity, Verdict, not_assessed
from checks.waiving import accepted, uses
from collector.capture import Source
from collector.inventory import Authorization, Device, Site
from collector.platform import Platform
from collector.profile import ProfileName, profiles
from collector.run_record import OpenedSession, Resumption
from parsers.facts import Facts, Reason
from parsers.reader import unread_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one device gave, or why it gave nothing."""

    device: Device
    platform: Platform | None
    """None where it could not be told."""
    reason: Reason | None = None
    """Why it was not inspected; None when it was, even if some commands failed."""
    broken_off: Reason | None = None
    """Why the work on a device that was reached ended before everything was asked; None when it did not."""
    detail: str = ""
    """In Chinese, one line: more about `reason` or `broken_off`."""
    collected_at: datetime | None = None
    """When its collection began; UTC, aware. None for a device that was never reached, or whose log does
    not say."""
    source: Source = Source.SSH
    facts: Facts = field(default_factory=Facts)
    sample: CounterSample | None = None
    outputs: Mapping[str, Output] = field(default_factory=dict)
    """By SHA-256 of the capture, for every capture that the facts or exposures refer to."""
    commands: tuple[CommandRecord, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    evaluation: Evaluation | None = None
    """None for a device that gave nothing."""
    form: FilledForm | None = None
    """What was seen on site; its lines are among `outputs`."""
    previous: Facts | None = None
    """What was known when it was last inspected, secrets masked; None at the first inspection."""
    previous_at: datetime | None = None
    """When it was asked then; None also where an imported log does not say."""
    previous_run: LastInspection | None = None
    """Which inspection that was; set where `previous` is."""
    series: Series = field(default_factory=dict)
    """Measured values of earlier inspections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What is to be said about the run itself."""

    run_id: str
    kind: str
    """例行, 专项, 重保前 or 重保后."""
    site: Site
    authorization: Authorization
    started_at: datetime
    ended_at: datetime
    interrupted: str
    """What cut the run short, in Chinese; empty when nothing did."""
    engineer: str
    tool_version: str
    advisory_sources: tuple[AdvisorySource, ...] = ()
    profile: ProfileName = ProfileName.FULL
    override: str = ""
    """Why sensitive periods were passed over; empty: they were not."""
    resumptions: tuple[Resumption, ...] = ()
    sessions: tuple[OpenedSession, ...] = ()


def build_inspection(
    record: RunRecord,
    collected: Sequence[Collected],
    *,
    checks: Sequence[Check],
    baseline: Baseline,
    waivers: Sequence[Waiver] = (),
) -> Inspection:
    """Judge every device by the given checks and put together all that a report needs. Pure."""
    texts = {check.id: check_texts()[check.id] for check in checks}
    graded = profiles()[record.profile].graded
    today = record.started_at.astimezone(record.site.zone).date()
    accept = partial(accepted, waivers=waivers, today=today)
    fleet = Fleet((_member(each) for each in collected), record.site)
    devices = tuple(
        _judged(each, checks, baseline, texts, accept, fleet, graded=graded) for each in collected
    )
    findings = _numbered(devices, {each.device.name: each.outputs for each in collected})
    used = uses(waivers, devices, findings, today)
    compared = any(each.previous is not None for each in collected)
    conclusion = conclude(
        devices,
        findings,
        texts=texts,
        scoring=baseline.scoring,
        interrupted=record.interrupted,
        advisory_sources=record.advisory_sources,
        compared=compared,
        waivers=used,
        profile=record.profile,
        override=record.override,
    )
    return Inspection(
        run_id=record.run_id,
        kind=record.kind,
        site=record.site,
        authorization=record.authorization,
        started_at=record.started_at,
        ended_at=record.ended_at,
        complete=not record.interrupted
        and all(device.reached and device.broken_off is None for device in devices),
        interrupted=record.interrupted,
        engineer=record.engineer,
        devices=devices,
        findings=findings,
        texts=texts,
        conclusion=conclusion,
        advisory_sources=record.advisory_sources,
        tool_version=record.tool_version,
        waivers=used,
        profile=record.profile,
        override=record.override,
        resumptions=record.resumptions,
        sessions=record.sessions,
    )


def _member(each: Collected) -> Member:
    return Member(
        device=each.device,
        facts=each.facts,
        platform=each.platform.id if each.platform else None,
        reason=each.reason,
        collected_at=each.collected_at,
    )


def _judged(
    each: Collected,
    checks: Sequence[Check],
    baseline: Baseline,
    texts: Mapping[str, CheckText],
    accept: Callable[[Verdict], Verdict],
    fleet: Fleet,
    *,
    graded: bool,
) -> DeviceReport:
    given: dict[str, Verdict] = {}
    for check in sorted(checks, key=lambda check: bool(check.of)):
        of = {id_: given[id_] for id_ in check.of if id_ in given}
        given[check.id] = accept(_verdict(check, each, baseline, fleet, of))
    verdicts = tuple(given[check.id] for check in checks)
    platform = each.platform
    return DeviceReport(
        device=each.device,
        platform=platform.id if platform else None,
        vendor=platform.vendor if platform else "",
        platform_label=platform.label if platform else "",
        platform_evidence=platform.evidence if platform else "",
        reached=each.reason is None,
        reason=each.reason,
        broken_off=each.broken_off,
        detail=each.detail,
        collected_at=each.collected_at,
        source=each.source,
        facts=each.facts,
        verdicts=verdicts,
        exposures=each.exposures,
        evaluation=each.evaluation,
        commands=each.commands,
        unread=unread_lines(each.facts),
        previous=each.previous_run,
        score=_score(verdicts, texts, baseline.scoring, each) if graded else None,
    )


def _verdict(
    check: Check, each: Collected, baseline: Baseline, fleet: Fleet, of: Mapping[str, Verdict]
) -> Verdict:
    if each.reason is not None and (check.needs or each.form is None):
        return Verdict(check.id, each.device.name, (not_assessed(each.reason, each.detail),))
    if each.reason is None and each.collected_at is None and each.source is not Source.UNTIMED_LOG:
        raise ValueError(f"{each.device.name} was inspected, but nobody says when")
    context = Context(
        device=each.device,
        facts=each.facts,
        sample=each.sample,
        params=baseline.params(check.id, each.device),
        collected_at=each.collected_at,
        previous=each.previous,
        previous_at=each.previous_at,
        series=each.series,
        exposures=each.exposures,
        evaluation=each.evaluation,
        form=each.form,
        verdicts=of,
        fleet=fleet,
    )
    return run(check, context)


def _score(
    verdicts: Sequence[Verdict], texts: Mapping[str, CheckText], scoring: Scoring, each: Collected
) -> float | None:
    return None if each.reason is not None else device_score(verdicts, texts, scoring)


def _numbered(
    devices: Sequence[DeviceReport], outputs: Mapping[str, Mapping[str, Output]]
) -> tuple[Finding, ...]:
    """Every fail of every device: the severest first, then as inventory and catalogue have them."""
    fails: list[tuple[Verdict, Result, Severity]] = [
        (verdict, result, result.severity)
        for report in devices
        for verdict in report.verdicts
        for result in verdict.results
        if result.severity is not None
    ]
    fails.sort(key=lambda fail: SEVEREST_FIRST.index(fail[2]))
    books = {name: EvidenceBook(texts) for name, texts in outputs.items()}
    return tuple(
        Finding(
            number=f"P{number:03d}",
            check_id=verdict.check_id,
            device=verdict.device,
            object=result.object,
            severity=severity,
            message=result.message,
            evidence=books[verdict.device].evidence(result.seen),
            waiver=result.waiver,
        )
        for number, (verdict, result, severity) in enumerate(fails, start=1)
    )

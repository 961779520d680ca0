"""Accepted risks laid on what was found: shown as accepted, never hidden; what does not fit is told too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from baselines.waivers import Waiver
from checks.inspection import DeviceReport, Finding, WaiverState, WaiverUse
from checks.verdict import Outcome, Result, Verdict


def accepted(verdict: Verdict, waivers: Sequence[Waiver], today: date) -> Verdict:
    """Mark the fails of one verdict that a waiver covers which still holds."""
    if not waivers or verdict.severity is None:
        return verdict
    return replace(verdict, results=tuple(_accepted(r, verdict, waivers, today) for r in verdict.results))


def _accepted(result: Result, verdict: Verdict, waivers: Sequence[Waiver], today: date) -> Result:
    holding = (w for w in waivers if not w.expired(today) and _covers(w, verdict, result))
    found = next(holding, None)
    return result if found is None else replace(result, waiver=found)


def _covers(waiver: Waiver, verdict: Verdict, result: Result) -> bool:
    if result.severity is None:
        return False
    return waiver.covers(verdict.check_id, verdict.device, result.object, result.severity.value)


def uses(
    waivers: Sequence[Waiver],
    devices: Sequence[DeviceReport],
    findings: Sequence[Finding],
    today: date,
) -> tuple[WaiverUse, ...]:
    """Say of every waiver whether it was needed, has expired, or is about nothing that was found."""
    return tuple(_use(waiver, devices, findings, today) for waiver in waivers)


def _use(
    waiver: Waiver, devices: Sequence[DeviceReport], findings: Sequence[Finding], today: date
) -> WaiverUse:
    about = tuple(
        f.number for f in findings if waiver.covers(f.check_id, f.device, f.object, f.severity.value)
    )
    if waiver.expired(today):
        return WaiverUse(waiver, WaiverState.EXPIRED, about)
    if about:
        return WaiverUse(waiver, WaiverState.APPLIED, about)
    judged = [
        verdict
        for report in devices
        for verdict in report.verdicts
        if verdict.check_id == waiver.check and waiver.device in ("*", report.device.name)
    ]
    unsure = any(r.outcome is Outcome.NOT_ASSESSED for verdict in judged for r in verdict.results)
    return WaiverUse(waiver, WaiverState.NOT_ASSESSED if unsure else WaiverState.UNMATCHED, ())

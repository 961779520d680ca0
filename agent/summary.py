"""What a run came to, or will do, on the terminal or for a script."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from agent.console import Console
from agent.delivery import Delivery
from agent.exit_codes import ExitCode
from checks.check import Check
from checks.inspection import DeviceReport, Inspection
from checks.verdict import SEVEREST_FIRST, Outcome
from collector.authorization import permitted
from collector.collect import facts_needed, plan_commands
from collector.errors import AuthorizationError
from collector.inventory import Device, Site
from collector.platform import platforms

_LOGIN_S = 3.0
_COMMAND_S = 0.5
"""Rough times of a real switch, for the estimate of a dry run only."""


def print_summary(
    inspection: Inspection, folder: Path, files: Delivery, code: ExitCode, console: Console
) -> None:
    """Say per device what was found, how much was not assessed, and where the documents are."""
    found = Counter((f.device, f.severity) for f in inspection.findings)
    rows = [
        (
            report.device.name,
            (report.platform if report.reached else f"({report.reason})") or "-",
            *(str(found[report.device.name, severity] or "-") for severity in SEVEREST_FIRST),
            str(report.count(Outcome.NOT_ASSESSED) or "-"),
            "-" if report.score is None else f"{report.score:.0f}",
        )
        for report in inspection.devices
    ]
    headings = ("device", "inspected as", "crit", "major", "minor", "info", "not\nassessed", "score")
    console.table(headings, rows, title=f"{inspection.site.name}: {inspection.kind}, run {inspection.run_id}")
    for report in inspection.devices:
        if report.detail:
            how = "inspected in part" if report.reached else "not inspected"
            console.say(f"{report.device.name} {how}: {report.detail}")
    for sentence in inspection.conclusion.sentences:
        console.say(sentence)
    console.say(f"run      {folder}")
    for name, path in (("PDF", files.pdf), ("workbook", files.workbook), ("JSON", files.json)):
        console.say(f"{name:<8} {path}")
    console.result(_for_script(inspection, folder, files, code))


def _for_script(inspection: Inspection, folder: Path, files: Delivery, code: ExitCode) -> dict[str, Any]:
    severities = Counter(finding.severity for finding in inspection.findings)
    return {
        "run": inspection.run_id,
        "site": inspection.site.name,
        "complete": inspection.complete,
        "interrupted": inspection.interrupted,
        "exit_code": int(code),
        "grade": inspection.conclusion.grade,
        "score": inspection.conclusion.score,
        "devices": len(inspection.devices),
        "inspected": len(inspection.reached),
        "findings": {severity.value: severities[severity] for severity in SEVEREST_FIRST},
        "not_assessed": sum(report.count(Outcome.NOT_ASSESSED) for report in inspection.devices),
        "not_inspected": {r.device.name: _why(r) for r in inspection.devices if not r.reached},
        "folder": str(folder),
        "pdf": str(files.pdf),
        "workbook": str(files.workbook),
        "json": str(files.json),
    }


def _why(report: DeviceReport) -> str:
    return f"{report.reason}: {report.detail}" if report.detail else str(report.reason)


def print_plan(
    site: Site, names: Sequence[str], checks: Sequence[Check], moment: datetime, console: Console
) -> ExitCode:
    """Say which devices would be asked what, for how long, and whether that is permitted now."""
    needs = facts_needed(fact for check in checks for fact in check.facts)
    devices = [device for device in site.devices if device.name in names]
    rows = [
        (d.name, f"{d.host}:{d.port}", d.platform, *_effort(_most_commands(d, needs)), d.credential)
        for d in devices
    ]
    headings = ("device", "address", "platform", "commands", "about", "credential")
    console.table(headings, rows, title=f"{site.name}: devices: {len(devices)}, checks: {len(checks)}")
    used = {d.platform for d in devices} if all(d.platform != "auto" for d in devices) else set(platforms())
    for platform_id in sorted(used):
        console.say(f"\n{platform_id}:")
        for command in plan_commands(platforms()[platform_id], needs):
            console.say(f"  {command}")
    try:
        permitted(site, names, moment)
    except AuthorizationError as error:
        console.error(str(error))
        return ExitCode.REFUSED
    return ExitCode.CLEAN


def _most_commands(device: Device, needs: Sequence[str]) -> int:
    """How many commands a device is asked; of one that is yet to be recognised, the most it can be."""
    known = platforms()
    candidates = known.values() if device.platform == "auto" else [known[device.platform]]
    return max(len(plan_commands(platform, needs)) for platform in candidates)


def _effort(commands: int) -> tuple[str, str]:
    return str(commands), f"{_LOGIN_S + commands * _COMMAND_S:.0f} s"

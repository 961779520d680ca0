"""What a run came to, on the terminal or for a script."""

from collections import Counter
from pathlib import Path
from typing import Any

from agent.console import Console
from agent.delivery import Delivery
from agent.exit_codes import ExitCode
from checks.inspection import DeviceReport, Inspection
from checks.verdict import SEVEREST_FIRST, Outcome


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
    console.table(headings, rows, title=_title(inspection))
    for report in inspection.devices:
        if report.detail:
            how = "inspected in part" if report.reached else "not inspected"
            console.say(f"{report.device.name} {how}: {report.detail}")
    for sentence in inspection.conclusion.sentences:
        console.say(sentence)
    console.say(_sessions(inspection))
    console.say(f"run      {folder}")
    for name, path in (("PDF", files.pdf), ("workbook", files.workbook), ("JSON", files.json)):
        console.say(f"{name:<8} {path}")
    console.result(_for_script(inspection, folder, files, code))


def _sessions(inspection: Inspection) -> str:
    opened, left = len(inspection.sessions), inspection.unclosed
    if not left:
        return f"sessions opened: {opened}" + (", every one was closed" if opened else "")
    named = ", ".join(dict.fromkeys(session.peer for session in left))
    return f"sessions opened: {opened}, no record that these were closed: {named}"


def _title(inspection: Inspection) -> str:
    return f"{inspection.site.name}: {inspection.kind}, profile {inspection.profile}, run {inspection.run_id}"


def _for_script(inspection: Inspection, folder: Path, files: Delivery, code: ExitCode) -> dict[str, Any]:
    severities = Counter(finding.severity for finding in inspection.findings)
    return {
        "run": inspection.run_id,
        "profile": inspection.profile,
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
        "sessions": {
            "opened": len(inspection.sessions),
            "closed": len(inspection.sessions) - len(inspection.unclosed),
        },
        "folder": str(folder),
        "pdf": str(files.pdf),
        "workbook": str(files.workbook),
        "json": str(files.json),
    }


def _why(report: DeviceReport) -> str:
    return f"{report.reason}: {report.detail}" if report.detail else str(report.reason)

"""What this program makes by itself of what is owed, and how."""

from collections.abc import Callable, Mapping
from pathlib import Path

from agent.delivery import deliver
from agent.hardening import write_documents
from agent.judging import Rules
from agent.version_report import write_evaluation, write_list
from checks.hardening import plan_hardening
from checks.inspection import Inspection

Maker = Callable[[Inspection, Rules, Path], tuple[Path, ...]]
"""Writes the documents of one deliverable into a folder and gives them."""


def _inspection(inspection: Inspection, _rules: Rules, folder: Path) -> tuple[Path, ...]:
    files = deliver(inspection, folder)
    return files.pdf, files.workbook


def _hardening(inspection: Inspection, rules: Rules, folder: Path) -> tuple[Path, ...]:
    return write_documents(plan_hardening(inspection, rules.baseline.hardening), folder)


def _version_list(inspection: Inspection, _rules: Rules, folder: Path) -> tuple[Path, ...]:
    return write_list(inspection, folder)


def _version_evaluation(inspection: Inspection, rules: Rules, folder: Path) -> tuple[Path, ...]:
    return write_evaluation(inspection, rules.baseline.risk, folder)


MAKERS: Mapping[str, Maker] = {
    "inspection": _inspection,
    "hardening": _hardening,
    "version_list": _version_list,
    "version_evaluation": _version_evaluation,
}
"""By deliverable. What is not here is owed too, but made by people: `xunjian due` lists it."""

"""What this program makes by itself of what is owed, and how."""

from collections.abc import Callable, Mapping
from pathlib import Path

from agent.delivery import deliver
from agent.hardening import write_documents
from agent.judging import Rules
from checks.hardening import plan_hardening
from checks.inspection import Inspection

Maker = Callable[[Inspection, Rules, Path], tuple[Path, ...]]
"""Writes the documents of one deliverable into a folder and gives them."""


def _inspection(inspection: Inspection, _rules: Rules, folder: Path) -> tuple[Path, ...]:
    files = deliver(inspection, folder)
    return files.pdf, files.workbook


def _hardening(inspection: Inspection, rules: Rules, folder: Path) -> tuple[Path, ...]:
    return write_documents(plan_hardening(inspection, rules.baseline.hardening), folder)


MAKERS: Mapping[str, Maker] = {"inspection": _inspection, "hardening": _hardening}
"""By deliverable. What is not here is owed too, but made by people: `xunjian due` lists it."""

from typing import Any

import pytest

from parsers.facts import FileSystem, Location
from tests.checks.case import SEEN, Case

GB = 1024**3


def flash(free: float, total: float | None = 1.0, name: str = "flash:") -> FileSystem:
    size = None if total is None else int(total * GB)
    return FileSystem(seen=SEEN, location=Location(), name=name, total_bytes=size, free_bytes=int(free * GB))


def space(name: str, rows: tuple[FileSystem, ...], *gives: str, **more: Any) -> Case:
    return Case(check="HW-012", name=name, facts={"filesystems": rows}, gives=gives, **more)


VERDICTS = {"HW-012": "pass, major, minor, not_applicable, unsupported"}

CASES = [
    space("half is free", (flash(0.5),), "pass flash:", says=("50.0%", "1024 MB")),
    space("just at the warning limit", (flash(0.2),), "fail minor flash:"),
    space("a little above it", (flash(0.201),), "pass flash:"),
    space("just at the critical limit", (flash(0.1),), "fail major flash:", says=("10.0%",)),
    space("full", (flash(0),), "fail major flash:"),
    space("each by itself", (flash(0.5), flash(0, name="cf:")), "pass flash:", "fail major cf:"),
    space("no size", (flash(0.5, None),), "not_assessed unsupported flash:"),
    space("a size of nothing", (flash(0, 0),), "not_assessed unsupported flash:"),
    space("none", (), "not_applicable"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()

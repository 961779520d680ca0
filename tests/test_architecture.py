"""The rules of the house that code can prove: who may import whom, and who may name a vendor."""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINE = ["collector", "parsers", "baselines", "checks", "reports", "agent"]
VENDORS = re.compile(
    r"h3c|comware|huawei|\bvrp\d?\b|inspur|inos|nx-?os|cisco|新华三|华三|华为|浪潮|思科", re.IGNORECASE
)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """(line, top-level name) of every import in a file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.split(".")[0]


@pytest.mark.parametrize("package", LINE)
def test_imports_point_upstream_only(package: str) -> None:
    downstream = LINE[LINE.index(package) + 1 :]
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(package)
        for line, name in imported(path)
        if name in downstream
    ]
    assert modules(package)
    assert wrong == []


@pytest.mark.parametrize("package", ["checks", "reports"])
def test_checks_and_reports_name_no_vendor(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in modules(package)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if VENDORS.search(line)
    ]
    assert wrong == []


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "common", "helpers", "misc", "models"}
    assert [str(path) for package in LINE for path in modules(package) if path.stem in drawers] == []


def test_the_simulator_stays_out_of_what_runs_at_a_customers() -> None:
    """Only the commands that start it may import it, and asyncssh is imported nowhere else."""
    users = {
        str(path.relative_to(ROOT))
        for package in LINE
        for path in modules(package)
        if "collector/simulator" not in path.as_posix() and "collector.simulator" in path.read_text("utf-8")
    }
    assert users <= {"agent/demo.py"}
    asyncssh = [p for package in LINE for p in modules(package) if "asyncssh" in {n for _, n in imported(p)}]
    assert {path.parent.name for path in asyncssh} <= {"simulator"}


def test_no_other_distribution_owns_our_names() -> None:
    owners = packages_distributions()
    assert {name: [o for o in owners.get(name, []) if o != "xunjian"] for name in LINE} == {
        name: [] for name in LINE
    }

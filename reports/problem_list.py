"""The Excel list of problems that customers fill in: written, and read back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile
from zoneinfo import ZoneInfo

from checks.lifecycle import Decision, Problem
from checks.words import SEVERITY_WORDS
from reports.labels import NONE, day
from reports.sheets import Row, sheet, write_sheets

SHEET = "问题跟踪"
ID, OWNER, DUE, NOTE = "问题编号", "责任方", "计划日期", "备注"
HEADER = (
    ID, "状态", "级别", "检查项", "设备", "对象", "现象", "首次发现", "最近发现", "持续天数",
    OWNER, DUE, NOTE,
)  # fmt: skip


class ProblemListError(ValueError):
    """A list cannot be read; holds everything that is wrong with it, each with its cell."""

    def __init__(self, file: Path, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"{file} cannot be taken over, {len(problems)} to correct:\n{lines}")


@dataclass(frozen=True, slots=True)
class Filled:
    """One line as it was filled in."""

    cell: str
    """Of the problem's id, for what is said about it."""
    id: str
    decision: Decision


def write_problems(
    problems: Sequence[Problem],
    decisions: Mapping[str, Decision],
    path: Path,
    now: datetime,
    zone: ZoneInfo,
    titles: Mapping[str, str],
) -> None:
    """Write the list; `titles` are those of the checks. The file appears whole or not at all."""
    rows = [_row(p, decisions.get(p.id, Decision()), now, zone, titles) for p in problems]
    write_sheets({SHEET: sheet(HEADER, rows)}, path, now)


def _row(problem: Problem, said: Decision, now: datetime, zone: ZoneInfo, titles: Mapping[str, str]) -> Row:
    return (
        problem.id,
        problem.said + ("" if problem.confirmed else "，本次未复核"),
        SEVERITY_WORDS[problem.severity],
        f"{titles.get(problem.check_id, '')}（{problem.check_id}）",
        problem.device,
        problem.object or "整机",
        problem.message,
        day(problem.first_seen, zone),
        day(problem.last_seen, zone),
        problem.age(now).days,
        said.owner or None,
        None if said.due is None else said.due.isoformat(),
        said.note or None,
    )


def read_problems(path: Path) -> tuple[Filled, ...]:
    """Read owner, date and note of every line; the columns may stand in any order, others are passed over.

    Raises ProblemListError naming every cell that is wrong, and what was expected.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=False, data_only=True)
    except (OSError, InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise ProblemListError(path, [f"no Excel workbook (.xlsx) that can be read: {error}"]) from error
    if SHEET not in book.sheetnames:
        raise ProblemListError(path, [f"has no sheet {SHEET}; it has {'、'.join(book.sheetnames)}"])
    rows = book[SHEET].iter_rows()
    heading = {str(cell.value).strip(): number for number, cell in enumerate(next(rows, ()))}
    missing = [f"row 1: has no column {name}" for name in (ID, OWNER, DUE, NOTE) if name not in heading]
    if missing:
        raise ProblemListError(path, missing)
    wrong: list[str] = []
    filled = tuple(_filled(rows, heading, wrong))
    if wrong:
        raise ProblemListError(path, wrong)
    return filled


def _filled(rows: Any, heading: Mapping[str, int], wrong: list[str]) -> Iterator[Filled]:
    seen: dict[str, str] = {}
    for row in rows:
        if all(cell.value in (None, "") for cell in row):
            continue
        id_ = row[heading[ID]]
        name = _text(id_.value)
        if not name:
            wrong.append(f"{id_.coordinate}: is empty: must be the id of a problem, like Q-1a2b3c4d")
            continue
        if name in seen:
            wrong.append(f"{id_.coordinate}: value {name!r}: stands in {seen[name]} too")
        seen.setdefault(name, id_.coordinate)
        due = _due(row[heading[DUE]], wrong)
        yield Filled(
            id_.coordinate,
            name,
            Decision(owner=_text(row[heading[OWNER]].value), due=due, note=_text(row[heading[NOTE]].value)),
        )


def _text(value: Any) -> str:
    text = "" if value is None else str(value).strip()
    return "" if text == NONE else text


def _due(cell: Any, wrong: list[str]) -> date | None:
    """A date of Excel, or a text like 2026-06-30, 2026/6/30 or 2026年6月30日."""
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    text = _text(cell.value)
    if not text:
        return None
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day on a calendar has no zone
        except ValueError:
            continue
    wrong.append(f"{cell.coordinate}: value {text!r}: must be a date like 2026-06-30")
    return None

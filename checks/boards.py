"""Main boards, switching fabrics, line cards."""

from collections.abc import Mapping, Sequence
from typing import Any

from checks.check import Context, check, value_of
from checks.states import standing, unlisted
from checks.verdict import (
    Outcome,
    Result,
    Severity,
    failed,
    lacking,
    not_applicable,
    not_assessed,
    passed,
)
from parsers.facts import Board, Reason
from parsers.seen import Seen


@check("HW-006", "boards")
def boards(context: Context) -> list[Result]:
    """Each board that is present and of a kind the baseline names."""
    rows = _present(context, context.params["kinds"])
    return [_board(row, "单板", context.params) for row in rows] or [
        not_applicable("设备没有在位的业务板或子卡")
    ]


@check("HW-007", "boards")
def main_boards(context: Context) -> list[Result]:
    """Each main board, then their number, where the inventory says how many there must be."""
    rows = _present(context, ("mpu",))
    results = [_board(row, "主控板", context.params) for row in rows]
    return _counted(results, rows, context, "主控板", context.device.expect.mpu_min, Severity.CRITICAL)


@check("HW-008", "boards")
def fabrics(context: Context) -> list[Result]:
    """Each switching fabric, then their number, where the inventory says how many there must be."""
    rows = _present(context, ("fabric",))
    results = [_board(row, "交换网板", context.params) for row in rows]
    return _counted(results, rows, context, "交换网板", context.device.expect.fabric_min, Severity.MAJOR)


def _present(context: Context, kinds: Sequence[str]) -> list[Board]:
    rows = [row for row in value_of(context.facts.boards) if row.kind in kinds]
    return [row for row in rows if row.present and standing(row.state, context.params) != "absent"]


def _counted(
    results: list[Result],
    rows: Sequence[Board],
    context: Context,
    what: str,
    least: int | None,
    severity: Severity,
) -> list[Result]:
    """Too few is a fail of its own where no board is broken: that one has been told already."""
    if least is None:
        return results or [not_applicable(f"设备没有独立的{what}")]
    found: Sequence[Board] = value_of(context.facts.boards)
    if not found:
        return [not_assessed(Reason.UNSUPPORTED, f"设备没有列出任何槽位，无法核对是否有 {least} 块{what}")]
    outcomes = [result.outcome for result in results]
    at_most = len(outcomes) - outcomes.count(Outcome.FAIL)
    if Outcome.FAIL not in outcomes and at_most < least:
        seen: list[Seen] = [row.seen for row in rows] or [row.seen for row in found]
        results.append(lacking("", severity, f"在位正常的{what} {at_most} 块，清单要求 {least} 块", *seen))
    return results


def _board(row: Board, what: str, params: Mapping[str, Any]) -> Result:
    object_ = str(row.location)
    model = f"（{row.model}）" if row.model else ""
    word = standing(row.state, params)
    if word == "unlisted":
        return unlisted(object_, row.state, row.seen)
    if word == "bad":
        return failed(object_, Severity.CRITICAL, f"{what}{model}在位，设备自报状态 {row.state}", row.seen)
    return passed(object_, f"{what}{model}在位，设备自报状态 {row.state}", row.seen)

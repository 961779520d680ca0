"""What became of the problems of earlier inspections: a part of chapter three."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from checks.inspection import Inspection, Past
from checks.lifecycle import STATE_WORDS, Decision, Problem, ProblemState, ageing, counts
from reports import style
from reports.charts import stacked_bars
from reports.labels import MISSING, NONE, day
from reports.prose import prose
from reports.section import note, text
from reports.tables import Cell, grid, severity_tag

MOST = 200
"""Lines of one list; the problem list that `xunjian problems export` writes has all."""


def lifecycle(inspection: Inspection, past: Past) -> list[Flowable]:
    """How many are in which state, how old the open ones are, and those that this inspection did not find."""
    if past.unavailable:
        return [text(f"{past.unavailable}，本次只能给出本次发现的问题，状态与首次发现日期不代表历史。")]
    unseen, solved = _unseen(past), _solved(inspection, past)
    story: list[Flowable] = [_counted(past), *_ages(inspection, past)]
    if unseen:
        story.append(prose("未关闭、本次未能复核的问题", style.SUBHEADING))
        story += _listed(inspection, past, unseen)
        story.append(note("设备未巡检、检查项未执行或对象未检查时，问题保持原状态，不视为解决。"))
    if solved:
        story.append(prose("本次确认解决的问题", style.SUBHEADING))
        story += _listed(inspection, past, solved)
    return story


def has_lists(inspection: Inspection, past: Past) -> bool:
    """Tell whether there are problems to list, which takes a wide page."""
    return not past.unavailable and bool(_unseen(past) or _solved(inspection, past))


def _unseen(past: Past) -> list[Problem]:
    return [p for p in past.problems if p.state.open and not p.number]


def _solved(inspection: Inspection, past: Past) -> list[Problem]:
    return [p for p in past.problems if p.solved_at == inspection.started_at]


def _counted(past: Past) -> Flowable:
    now = counts(past.problems)
    head = tuple(STATE_WORDS.values())
    row = tuple(str(now[state]) for state in STATE_WORDS)
    return grid(head, [row], (1, 1, 1, 1, 1))[0]


def _ages(inspection: Inspection, past: Past) -> list[Flowable]:
    by_age = ageing(past.problems, inspection.started_at)
    return [
        prose("未关闭问题的账龄（不含已接受）", style.SUBHEADING),
        *stacked_bars(list(by_age.items())),
        note(f"账龄自本轮首次发现起算，截至本次巡检；此前共有 {past.inspections} 次巡检。"),
    ]


def _listed(inspection: Inspection, past: Past, problems: Sequence[Problem]) -> list[Flowable]:
    rows = [_row(inspection, p, past.decisions.get(p.id, Decision())) for p in problems[:MOST]]
    header = ("编号", "级别", "问题", "设备", "对象", "首次发现", "状态", "责任方", "说明")
    shares = (1.6, 0.9, 4.6, 1.9, 2.2, 1.5, 1.4, 1.1, 2)
    story: list[Flowable] = [*grid(header, rows, shares, wide=True, cell=style.CELL_SMALL)]
    if len(problems) > MOST:
        story.append(note(f"另有 {len(problems) - MOST} 条，见 xunjian problems export 导出的清单。"))
    return story


def _row(inspection: Inspection, problem: Problem, said: Decision) -> list[Cell]:
    check = inspection.texts.get(problem.check_id)
    title = check.title if check else problem.check_id
    return [
        problem.id,
        severity_tag(problem.severity),
        f"{title}：{problem.message}",
        problem.device,
        problem.object or "整机",
        day(problem.first_seen, inspection.site.zone),
        problem.said,
        said.owner or MISSING,
        "；".join(_remarks(problem, inspection)) or NONE,
    ]


def _remarks(problem: Problem, inspection: Inspection) -> list[str]:
    zone = inspection.site.zone
    said = [] if problem.in_inventory else ["设备已移出清单"]
    said += [f"曾用名 {'、'.join(problem.former_names)}"] if problem.former_names else []
    said += [f"{day(problem.replaced_at, zone)} 起为更换后的硬件"] if problem.replaced_at else []
    said += [f"复发 {problem.recurrences} 次"] if problem.recurrences else []
    return said


def by_number(past: Past | None) -> dict[str, Problem]:
    """The problems that this inspection found, by their number in it."""
    return (
        {}
        if past is None
        else {p.number: p for p in past.problems if p.number and p.state is not ProblemState.SOLVED}
    )

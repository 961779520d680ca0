"""The notice of an inspection: what changed since the one before, and nothing that stayed as it was."""

from pathlib import Path

from agent.notices.notice import Line, Notice
from checks.inspection import Inspection
from checks.lifecycle import Problem, ProblemState
from checks.words import REASON_WORDS, SEVERITY_WORDS

MOST = 20
"""Problems that are named one by one; the rest are counted."""


def notice_of(inspection: Inspection, attachments: tuple[Path, ...] = ()) -> Notice:
    """Tell what an inspection found new, found solved, and could not look at."""
    site, past = inspection.site, inspection.past
    problems = () if past is None else past.problems
    kinds = [
        (ProblemState.NEW, "新增"),
        (ProblemState.RECURRED, "复发"),
        (ProblemState.SOLVED, "已解决"),
    ]
    lines = [Line(text=_grade(inspection))]
    for state, word in kinds:
        found = [p for p in problems if p.state is state and _is_of(p, inspection)]
        if found:
            lines.append(Line(text=f"{word} {len(found)} 项："))
            lines += [_problem(problem) for problem in found[:MOST]]
            if len(found) > MOST:
                lines.append(Line(text=f"……其余 {len(found) - MOST} 项见报告"))
    lines += [
        Line(text=f"未完成检查：{report.device.name}（{REASON_WORDS[report.reason]}）")
        for report in inspection.devices
        if report.reason is not None
    ]
    if past is not None and past.unavailable:
        lines.append(Line(text=f"没有与上次比较：{past.unavailable}"))
    if len(lines) == 1:
        lines.append(Line(text="没有变化。"))
    return Notice(
        id=f"{inspection.run_id}.inspection",
        title=f"{site.customer} {site.name} {inspection.kind}巡检",
        lines=tuple(lines),
        attachments=tuple(str(path) for path in attachments),
    )


def _grade(inspection: Inspection) -> str:
    conclusion = inspection.conclusion
    grade = "未评级" if conclusion.grade is None else f"评级「{conclusion.grade}」，得分 {conclusion.score}"
    reached = len(inspection.reached)
    return (
        f"{grade}；应检 {len(inspection.devices)} 台，实检 {reached} 台，问题 {len(inspection.findings)} 个"
    )


def _is_of(problem: Problem, inspection: Inspection) -> bool:
    """A solved problem is news only in the inspection that found it solved."""
    return problem.solved_at is None or problem.solved_at >= inspection.started_at


def _problem(problem: Problem) -> Line:
    where = f"{problem.device} {problem.object}".strip()
    severity = SEVERITY_WORDS[problem.severity]
    return Line(text=f"- {severity} {where} {problem.check_id}：{problem.message}")

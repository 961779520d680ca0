"""Chapter four: what was checked in each group and how it came out, what was not assessed, and details."""

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable

from checks.inspection import DeviceReport, Inspection
from checks.verdict import Outcome, Verdict
from checks.words import OUTCOME_WORDS, REASON_WORDS
from reports import style
from reports.section import Block, Chapter, text
from reports.sections.details import detail_blocks
from reports.sections.ledger import ledger
from reports.tables import Cell, grid
from reports.tally import by_outcome, groups, verdicts_of

TITLE = "检查结果说明"
COUNTED = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED)


def blocks(inspection: Inspection) -> list[Block]:
    """Counts by group, the coverage table, each group with its rules, and the tables of details."""
    chapter = Chapter(4, TITLE)
    return [
        Block(
            [
                *chapter.opening(),
                *chapter.heading("检查结果统计"),
                *_totals(inspection),
                *chapter.heading("未检查项与原因"),
                *_coverage(inspection),
                *chapter.heading("解析台账"),
                *ledger(inspection),
                *chapter.heading("各类别检查结果"),
                *_groups(chapter, inspection),
            ]
        ),
        *detail_blocks(chapter, inspection),
    ]


def _totals(inspection: Inspection) -> list[Flowable]:
    rows = []
    for group, checks in groups(inspection).items():
        verdicts = verdicts_of(inspection, checks)
        rows.append((group, str(len(checks)), *_counts(verdicts), _all_passed(verdicts)))
    everything = verdicts_of(inspection, inspection.texts)
    rows.append(("合计", str(len(inspection.texts)), *_counts(everything), _all_passed(everything)))
    header = ("类别", "检查项", *(OUTCOME_WORDS[o] for o in COUNTED), "说明")
    return [
        text(
            "每台设备的每个检查项计一次，取该设备全部对象中最差的结果；四种结果分开计数，未检查不计入通过。"
        ),
        *grid(header, rows, (2.6, 1, 1, 1, 1, 1, 2)),
    ]


def _counts(verdicts: Iterable[Verdict]) -> tuple[str, ...]:
    counted = by_outcome(verdicts)
    return tuple(str(counted[outcome]) for outcome in COUNTED)


def _all_passed(verdicts: Sequence[Verdict]) -> str:
    counted = by_outcome(verdicts)
    if counted[Outcome.FAIL]:
        return "有问题"
    if counted[Outcome.NOT_ASSESSED]:
        return "无问题，但未查全"
    return "全部通过" if counted[Outcome.PASS] else "不涉及"


def _coverage(inspection: Inspection) -> list[Flowable]:
    devices: dict[tuple[str, str, str], list[str]] = {}
    for report in inspection.devices:
        for gap in _not_assessed(report):
            devices.setdefault(gap, []).append(report.device.name)
    if not devices:
        return [text("全部检查项均已得出结果。")]
    rows: list[list[Cell]] = [["、".join(names), *gap] for gap, names in devices.items()]
    header = ("设备", "原因", "未检查项", "缺少的数据与说明")
    return [
        text("下列检查项没有结论。它们既不是通过，也不是问题；取得数据后需补查。"),
        *grid(header, rows, (1.7, 1.6, 2.6, 5.4), cell=style.CELL_SMALL),
    ]


def _not_assessed(report: DeviceReport) -> list[tuple[str, str, str]]:
    """Reason, checks and what was said about them; what is the same on several devices stands once."""
    checks: dict[str, dict[str, None]] = {}
    messages: dict[str, dict[str, None]] = {}
    for verdict in report.verdicts:
        for result in verdict.results:
            if result.reason is not None:
                reason = REASON_WORDS[result.reason]
                checks.setdefault(reason, {})[verdict.check_id] = None
                messages.setdefault(reason, {})[result.message] = None
    rows = []
    for reason, ids in checks.items():
        everything = len(ids) == len(report.verdicts)
        shown = f"全部 {len(ids)} 项" if everything else f"{len(ids)} 项：{'、'.join(ids)}"
        said = report.detail if report.reason is not None and report.detail else "\n".join(messages[reason])
        rows.append((reason, shown, said))
    return rows


def _groups(chapter: Chapter, inspection: Inspection) -> list[Flowable]:
    story: list[Flowable] = []
    clean: list[list[Cell]] = []
    for group, checks in groups(inspection).items():
        counted = by_outcome(verdicts_of(inspection, checks))
        if counted[Outcome.FAIL] or counted[Outcome.NOT_ASSESSED]:
            story += [*chapter.subheading(group), *_group(inspection, checks)]
        else:
            titles = "、".join(inspection.texts[c].title for c in checks)
            clean.append([group, titles, *_counts(verdicts_of(inspection, checks))])
    if clean:
        header = ("类别", "检查项", *(OUTCOME_WORDS[o] for o in COUNTED))
        story += [*chapter.subheading("没有问题且查全的类别"), *grid(header, clean, (2, 5, 1, 1, 1, 1))]
    return story


def _group(inspection: Inspection, checks: Sequence[str]) -> list[Flowable]:
    rows: list[list[Cell]] = []
    for check_id in checks:
        check = inspection.texts[check_id]
        numbers = [f.number for f in inspection.findings if f.check_id == check_id]
        about = f"{check.title}（{check_id}）"
        if numbers:
            about += f"\n问题：{'、'.join(numbers)}"
        rows.append([about, check.rule, *_counts(verdicts_of(inspection, [check_id]))])
    header = ("检查项", "判据", *(OUTCOME_WORDS[o] for o in COUNTED))
    return grid(header, rows, (3.2, 5, 0.8, 0.9, 0.9, 0.9), cell=style.CELL_SMALL)

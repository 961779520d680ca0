"""Chapter four: what was checked in each group and how it came out, what was not assessed, and details."""

from collections.abc import Iterable, Sequence

from reportlab.platypus import Flowable

from checks.inspection import Inspection
from checks.verdict import Outcome, Verdict
from checks.words import OUTCOME_WORDS
from reports import style
from reports.prose import link, prose
from reports.section import Block, Chapter, text
from reports.sections.coverage import coverage
from reports.sections.details import detail_blocks
from reports.sections.ledger import ledger
from reports.tables import Cell, Tag, grid
from reports.tally import by_outcome, groups, verdicts_of

TITLE = "检查结果说明"
COUNTED = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE, Outcome.NOT_ASSESSED)


def blocks(inspection: Inspection) -> list[Block]:
    """Counts by group, the coverage table, each check, and the tables of details."""
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
                *_groups(inspection),
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
    rows: list[list[Cell]] = [list(gap) for gap in coverage(inspection)]
    if not rows:
        return [text("全部检查项均已得出结果。")]
    header = ("设备", "原因", "未检查项", "缺少的数据与说明")
    return [
        text(
            "下列检查项没有结论。它们既不是通过，也不是问题；取得数据后需补查。"
            "逐台逐对象的明细见工作簿「未检查」。"
        ),
        *grid(header, rows, (1.7, 1.4, 2.4, 5.8), cell=style.CELL_SMALL),
    ]


def _groups(inspection: Inspection) -> list[Flowable]:
    """How often each check came out which way, two checks side by side; its rule stands elsewhere."""
    blank = prose("", style.CELL_SMALL)
    rows: list[list[Cell]] = []
    for group, checks in groups(inspection).items():
        rows.append([Tag(group, style.STRIPE), *(Tag("", style.STRIPE),) * (2 * len(COUNTED) + 1)])
        counted = [_check(inspection, check_id) for check_id in checks]
        if len(counted) % 2:
            counted.append([blank] * (len(COUNTED) + 1))
        rows += [[*left, *right] for left, right in zip(counted[::2], counted[1::2], strict=True)]
    header = ("检查项", *(OUTCOME_WORDS[o] for o in COUNTED)) * 2
    return [
        text(
            "按设备计数，一台设备取其全部对象中最差的结果。有问题的检查项的判据见第三章相应卡片，"
            "全部检查项的目的、判据与依据见工作簿「检查项」。"
        ),
        *grid(header, rows, (5, 0.8, 1, 1, 1) * 2, cell=style.CELL_SMALL, padding=2.5),
    ]


def _check(inspection: Inspection, check_id: str) -> list[Cell]:
    counted = by_outcome(verdicts_of(inspection, [check_id]))
    about = f"{inspection.texts[check_id].title}（{check_id}）"
    fails = counted[Outcome.FAIL]
    worst = next((f.severity for f in inspection.findings if f.check_id == check_id), None)
    name: Cell = link(about, f"problem-{check_id}", style.CELL_SMALL) if worst else about
    return [
        name,
        str(counted[Outcome.PASS]),
        str(fails)
        if worst is None
        else Tag(str(fails), style.SEVERITY_FILL[worst], style.SEVERITY_INK[worst]),
        str(counted[Outcome.NOT_APPLICABLE]),
        str(counted[Outcome.NOT_ASSESSED]),
    ]

"""Part two: for each device every hardening check, and a card with the commands for each one that failed."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from checks.check import cause, of_one_cause
from checks.hardening import (
    PLANE_WORDS,
    WAVE_WORDS,
    WINDOW_WORDS,
    ChecklistRow,
    DevicePlan,
    HardeningItem,
    HardeningPlan,
    Placeholders,
)
from checks.verdict import Outcome, Result, Severity
from checks.words import REASON_WORDS
from reports import style
from reports.evidence import Cited, Proof
from reports.hardening.summary import HIGH_RISK, preconditions
from reports.labels import MISSING, NONE
from reports.prose import link, prose
from reports.section import Block, Chapter, note, text
from reports.tables import Cell, Tag, grid, outcome_tag, pairs, sheet_of

TITLE = "网络安全加固检查清单"
LOCKOUT_FILL = style.SEVERITY_FILL[Severity.MINOR]
MOST_EVIDENCE = 3
"""Pieces of evidence on a card; all of them are in the inspection report."""


def blocks(plan: HardeningPlan) -> list[Block]:
    """One heading for each device; its checklist, then its cards in the order of work."""
    chapter = Chapter(2, TITLE)
    story: list[Flowable] = [
        *chapter.opening(),
        note(
            "每台设备先列全部加固检查的结论（逐项的要求与现状见工作簿「检查清单」），再按执行顺序逐项给出整改卡。"
            "命令均从全局视图输入；（）内为说明，不输入。"
        ),
    ]
    proof = Proof(plan.inspection.site.zone)
    for device in plan.devices:
        story += _device(chapter, proof, device, plan.placeholders)
    return [Block(story)]


def _device(chapter: Chapter, proof: Proof, device: DevicePlan, placeholders: Placeholders) -> list[Flowable]:
    report = device.report
    name = report.device.name
    story: list[Flowable] = [
        *chapter.heading(f"{name}（{report.platform_label or '平台未识别'}）", f"hardening-{name}"),
    ]
    if not report.reached:
        why = REASON_WORDS[report.reason] if report.reason else MISSING
        return [*story, text(f"本次未完成检查（{why}）：没有可给出的整改项。")]
    story += _rows(device)
    if device.items and device.entry is not None:
        entry = device.entry
        story += pairs(
            [
                ("执行前备份", prose(entry.backup, style.CELL_MONO)),
                ("进入配置", prose(entry.enter, style.CELL_MONO)),
                ("返回上级", prose(entry.back, style.CELL_MONO)),
                ("验证后保存", prose(entry.save, style.CELL_MONO)),
            ]
        )
    for item in device.items:
        story += _card(chapter, proof, item, placeholders)
    return story


def _rows(device: DevicePlan) -> list[Flowable]:
    """What every hardening check says: those that failed one by one, the others together by outcome."""
    rows: list[list[Cell]] = [
        [
            outcome_tag(row.verdict.outcome, row.verdict.severity),
            f"{row.check.title}（{row.check.id}，{PLANE_WORDS[row.step.plane]}）",
            _said(row.verdict.results),
            link(row.item, f"item-{row.item}", style.CELL_SMALL) if row.item else NONE,
        ]
        for row in device.rows
        if row.verdict.outcome is Outcome.FAIL
    ]
    rows += [
        [outcome_tag(Outcome.NOT_ASSESSED), checks, why, NONE] for why, checks in _gaps(device.rows).items()
    ]
    for outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        named = [
            f"{row.check.title}（{row.check.id}）" for row in device.rows if row.verdict.outcome is outcome
        ]
        if named:
            rows.append([outcome_tag(outcome), "、".join(named), f"共 {len(named)} 项", NONE])
    return grid(("结论", "检查项", "现状", "整改"), rows, (0.9, 5.4, 4, 0.7), cell=style.CELL_SMALL)


def _gaps(rows: Sequence[ChecklistRow]) -> dict[str, str]:
    """The checks that were not assessed, by what is said of them; missing facts of one cause together."""
    causes: dict[str, tuple[dict[str, None], list[str]]] = {}
    for row in rows:
        if row.verdict.outcome is Outcome.NOT_ASSESSED:
            said = [r.message for r in row.verdict.results if r.outcome is Outcome.NOT_ASSESSED]
            checks, messages = causes.setdefault(cause(said[0]), ({}, []))
            checks[f"{row.check.title}（{row.check.id}）"] = None
            messages += said
    return {"\n".join(of_one_cause(said)): "、".join(checks) for checks, said in causes.values()}


def _said(results: Sequence[Result]) -> str:
    """The messages that decide the verdict, the first few of them."""
    kinds = (Outcome.FAIL, Outcome.NOT_ASSESSED, Outcome.PASS, Outcome.NOT_APPLICABLE)
    kind = next(kind for kind in kinds if any(result.outcome is kind for result in results))
    said = [f"{r.object}：{r.message}" if r.object else r.message for r in results if r.outcome is kind]
    more = f"\n（另有 {len(said) - 3} 处）" if len(said) > 3 else ""
    return "\n".join(said[:3]) + more


def _card(chapter: Chapter, proof: Proof, item: HardeningItem, placeholders: Placeholders) -> list[Flowable]:
    mark = f"【{HIGH_RISK}】" if item.step.high_risk else ""
    title = f"{item.number} {mark}{item.check.title}（{item.check.id}）"
    said = (f"{f.object}：{f.message}" if f.object else f.message for f in item.findings)
    return [
        *chapter.subheading(title, f"item-{item.number}"),
        *sheet_of(
            [
                [("要求", item.step.requirement)],
                [("现状", "\n".join(said))],
                [("批次", WAVE_WORDS[item.step.wave]), ("平面", PLANE_WORDS[item.step.plane])],
                [("窗口", WINDOW_WORDS[item.step.wave]), ("业务中断", item.check.interrupts or MISSING)],
                *([[("锁定风险", Tag(item.step.lockout, LOCKOUT_FILL))]] if item.step.lockout else []),
                [("风险", item.check.risk or MISSING)],
                [("前置预检", preconditions(item))],
                *([[("处置建议", "\n".join(item.advice))]] if item.advice else []),
            ]
        ),
        *_typed(item),
        *sheet_of(
            [
                *([[("待填参数", _explained(item, placeholders))]] if item.left else []),
                *([] if item.commands else [[("回退", "\n".join(item.rollback) or MISSING)]]),
                [("验证方法", item.check.verification or MISSING)],
                [("对应条款", "；".join(item.step.references) or "没有确定的对应条款")],
            ]
        ),
        *_evidence(proof, item),
    ]


def _typed(item: HardeningItem) -> list[Flowable]:
    """The commands and the way back beside each other; nothing where the advice is all there is."""
    if not item.commands:
        return [] if item.advice else [text(f"{MISSING}（该平台没有处置命令）。")]
    checked = "已核对" if item.checked else "待核实：未在该平台资料中核对，执行前须核实"
    return grid(
        (f"整改命令（{checked}）", "回退命令"), [[_lines(item.commands), _lines(item.rollback)]], (1.3, 1)
    )


def _explained(item: HardeningItem, placeholders: Placeholders) -> str:
    """What each placeholder that is still in the commands stands for."""
    meaning = {**placeholders.secret, **placeholders.customer, **placeholders.device}
    return "\n".join(f"<{name}>：{meaning[name]}" for name in item.left)


def _lines(lines: Sequence[str]) -> Cell:
    return prose("\n".join(lines), style.CELL_MONO) if lines else f"{MISSING}（该平台没有处置命令）"


def _evidence(proof: Proof, item: HardeningItem) -> list[Flowable]:
    found = [Cited(item.number, f.device, evidence) for f in item.findings for evidence in f.evidence]
    story = proof.blocks(found[:MOST_EVIDENCE], [prose("现状证据", style.CELL_HEAD)])
    if len(found) > MOST_EVIDENCE:
        story.append(note(f"其余 {len(found) - MOST_EVIDENCE} 处证据见巡检报告第三章 {item.check.id}。"))
    return story

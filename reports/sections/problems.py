"""Chapter three: all problems in one list, then a card for each check that failed."""

from collections.abc import Mapping, Sequence

from reportlab.platypus import Flowable

from checks.inspection import CheckText, Finding, Inspection
from checks.lifecycle import Decision, Problem
from checks.verdict import Severity
from checks.words import SEVERITY_WORDS
from reports import style
from reports.evidence import Cited, Proof
from reports.labels import FIRST_INSPECTION, MISSING, NONE, day
from reports.prose import link, prose
from reports.section import Block, Chapter, note, text
from reports.sections.accepted import accepted
from reports.sections.collected import collected_anchor
from reports.sections.lifecycle import by_number, has_lists, lifecycle
from reports.tables import Cell, Tag, grid, severity_tag, sheet_of
from reports.tally import group_of, merged

TITLE = "巡检问题汇总"
ACTION = "action"
"""Key of advice that is the same for every platform."""


def blocks(inspection: Inspection) -> list[Block]:
    """The list on wide pages, the cards on upright ones."""
    chapter = Chapter(3, TITLE)
    story = [*chapter.opening(), *chapter.heading("问题总表"), *_list(inspection)]
    if inspection.waivers:
        story += [*chapter.heading("已接受的风险"), *accepted(inspection)]
    upright: list[Flowable] = []
    if inspection.past is not None:
        place = story if has_lists(inspection, inspection.past) else upright
        place += [*chapter.heading("问题闭环"), *lifecycle(inspection, inspection.past)]
    listed = Block(story, wide=True)
    if not inspection.findings:
        return [listed, *([Block(upright)] if upright else [])]
    cards: list[Flowable] = [
        *upright,
        *chapter.heading("问题详述"),
        note(
            "同一检查项的问题合并为一张卡片；检查目的见工作簿「检查项」。处置步骤为文字建议，本工具只读、不下发任何配置；"
            "须由人工在授权窗口内执行，执行前备份配置。标有「待核实」的命令未在该平台资料中核对，执行前须核实。"
            "命令中的尖括号为参数：接口、线路、账号等填「现象」所列的对象，其余按客户的规划填写；"
            "加固类问题按每台设备填好的命令见《网络加固方案》。"
            "证据为原始回显的摘录，左为行号，「…」处略去无关行；全文按 SHA-256 在原始文件中核对（见第六章）。"
        ),
    ]
    anchors = {r.device.name: collected_anchor(r.device.name) for r in inspection.devices}
    proof = Proof(inspection.site.zone, anchors)
    for check_id, findings in merged(inspection.findings).items():
        cards += _card(chapter, inspection, inspection.texts[check_id], findings, proof)
    return [listed, Block(cards)]


def _list(inspection: Inspection) -> list[Flowable]:
    if not inspection.findings:
        return [text("没有发现问题。未检查的项目不等于通过，见 4.2 未检查项与原因。")]
    known = by_number(inspection.past)
    rows: list[list[Cell]] = [
        [
            link(f.number, f"problem-{f.check_id}", style.CELL_SMALL),
            severity_tag(f.severity),
            group_of(inspection, f.check_id),
            f"{inspection.texts[f.check_id].title}：{f.message}",
            f.device,
            f.object or "整机",
            *_standing(inspection, f, known.get(f.number)),
        ]
        for f in inspection.findings
    ]
    header = ("编号", "级别", "类别", "问题", "设备", "对象", "首次发现", "状态", "责任方", "建议期限")
    shares = (0.7, 0.7, 1.7, 6.4, 1.6, 2.2, 1.3, 0.7, 0.9, 2.2)
    return [
        *grid(header, rows, shares, wide=True, cell=style.CELL_SMALL),
        note(f"{_how_known(inspection)}责任方由客户与服务方商定。期限未商定的为建议值，以合同为准。"),
    ]


def _standing(inspection: Inspection, finding: Finding, problem: Problem | None) -> tuple[str, str, str, str]:
    """First seen, state, owner and due date; without a history it is as new as this inspection."""
    zone, advised = inspection.site.zone, inspection.conclusion.deadlines[finding.severity]
    if problem is None or inspection.past is None:
        state = "新增" if finding.waiver is None else "已接受"
        return day(inspection.started_at, zone), state, MISSING, advised
    said = inspection.past.decisions.get(problem.id, Decision())
    due = advised if said.due is None else said.due.isoformat()
    return day(problem.first_seen, zone), problem.said, said.owner or MISSING, due


def _how_known(inspection: Inspection) -> str:
    past = inspection.past
    if past is None or past.unavailable or not past.inspections:
        return f"{FIRST_INSPECTION}，因此没有接受记录的问题状态均为新增。"
    return f"状态按此前 {past.inspections} 次巡检跟踪。"


def _card(
    chapter: Chapter, inspection: Inspection, check: CheckText, findings: Sequence[Finding], proof: Proof
) -> list[Flowable]:
    worst = findings[0].severity
    title = f"【{SEVERITY_WORDS[worst]}】{check.title}（{check.id}，{len(findings)} 处）"
    by_platform = any(key != ACTION for key in check.remediation)
    general = check.remediation.get(ACTION)
    steps: list[list[tuple[str, Cell]]] = [] if general is None else [[("处置步骤", general)]]
    if general is not None and not by_platform:
        steps[0].append(("回退", check.rollback.get(ACTION) or MISSING))
    return [
        *chapter.subheading(title, f"problem-{check.id}"),
        *sheet_of(
            [
                [("现象", _phenomena(findings))],
                [("判据", check.rule or MISSING)],
                [("影响", check.rationale or MISSING), ("业务中断", check.interrupts or MISSING)],
                *steps,
                [("处置风险", check.risk or MISSING)],
                [("验证方法", check.verification or MISSING), *_references(check)],
            ]
        ),
        *(_commands(inspection, check, findings) if by_platform or general is None else []),
        *_proof(proof, findings),
    ]


def _references(check: CheckText) -> list[tuple[str, Cell]]:
    return [("参考依据", "；".join(check.references))] if check.references else []


def _phenomena(findings: Sequence[Finding]) -> str:
    """What was found, each message once with all the places where it was."""
    places: dict[tuple[Severity, str], list[str]] = {}
    for f in findings:
        places.setdefault((f.severity, f.message), []).append(f"{f.number} {f.device} {f.object or '整机'}")
    return "\n".join(
        f"{'、'.join(where)}：{message}"
        + ("" if severity is findings[0].severity else f"（{SEVERITY_WORDS[severity]}）")
        for (severity, message), where in places.items()
    )


def _proof(proof: Proof, findings: Sequence[Finding]) -> list[Flowable]:
    """All evidence of a card; its heading stays with the first piece."""
    without = [f"{f.number} · {f.device}" for f in findings if not f.evidence]
    cited = [Cited(f.number, f.device, evidence) for f in findings for evidence in f.evidence]
    heading = [prose("证据", style.CELL_HEAD)]
    story = proof.blocks(cited, heading) if cited else heading
    return [*story, *([note(f"{'、'.join(without)}：没有可引用的回显行。")] if without else [])]


def _commands(inspection: Inspection, check: CheckText, findings: Sequence[Finding]) -> list[Flowable]:
    """Steps and way back for each platform among the affected devices."""
    devices = dict.fromkeys(f.device for f in findings)
    platforms: dict[str | None, list[str]] = {}
    labels: dict[str | None, str] = {}
    for report in inspection.devices:
        if report.device.name in devices:
            platforms.setdefault(report.platform, []).append(report.device.name)
            labels[report.platform] = report.platform_label or "平台未识别"
    rows = [
        _steps(check, platform, f"{labels[platform]}：{'、'.join(names)}")
        for platform, names in platforms.items()
        if ACTION not in check.remediation or platform in check.remediation
    ]
    header = ("适用设备", "处置命令", "回退", "核对")
    return grid(header, rows, (2.5, 4.1, 3.2, 0.8), cell=style.CELL_SMALL) if rows else []


def _steps(check: CheckText, platform: str | None, label: str) -> list[Cell]:
    key = platform or ""
    if key not in check.remediation:
        return [label, f"{MISSING}（该平台没有处置命令）", _text_for(check.rollback, key), NONE]
    checked = check.remediation_checked.get(key, False)
    mark: Cell = "已核对" if checked else Tag("待核实", style.SEVERITY_FILL[Severity.MINOR])
    steps = prose(check.remediation[key], style.CELL_MONO)
    return [label, steps, _text_for(check.rollback, key), mark]


def _text_for(texts: Mapping[str, str], key: str) -> Cell:
    said = texts.get(key) or texts.get(ACTION)
    return prose(said, style.CELL_MONO) if said else MISSING

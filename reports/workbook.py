"""The list of findings as an Excel workbook, for people who track the work."""

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

from baselines.waivers import Waiver
from checks.inspection import CheckText, DeviceReport, Evidence, Finding, Inspection
from checks.verdict import Outcome
from checks.words import OUTCOME_WORDS, REASON_WORDS, SEVERITY_WORDS
from reports.assets import ASSET_HEADER, asset
from reports.evidence import line_numbers
from reports.labels import COMMAND_STATUS, EXPOSURE, MISSING, NONE, READ_RESULT, moment, yes_no
from reports.log_digest import EVENT_HEADER, digest_rows
from reports.sheets import Row, sheet, write_sheets
from reports.tally import by_outcome, merged, verdicts_of

FINDINGS = (
    "编号", "级别", "类别", "检查项编号", "检查项", "设备", "管理地址", "对象", "现象",
    "证据命令", "证据行号", "证据原文", "采集时间", "原始文件 SHA-256",
    "处置步骤", "命令核对", "是否中断业务", "处置风险", "回退", "验证方法",
    "建议期限", "状态", "责任方", "计划日期", "完成日期", "备注",
)  # fmt: skip
PROOF = ("问题编号", "设备", "命令", "行号", "原文", "采集时间", "原始文件 SHA-256")
MOST_LINES = 20
"""Lines of evidence in the list of findings: Excel shows no row taller than 409 points."""
LEDGER = ("设备", "命令", "应答", "解析", "未识别行数", "说明", "耗时（秒）", "字节", "原始文件", "SHA-256")
CHECKS = (
    "类别", "检查项编号", "检查项", "目的", "判据", "影响", "参考依据", "通过", "不通过", "不涉及", "未检查",
    "问题编号",
)  # fmt: skip
RESULTS = ("设备", "类别", "检查项编号", "检查项", "对象", "结果", "级别", "说明")
NOT_ASSESSED = ("设备", "类别", "检查项编号", "检查项", "对象", "原因", "说明")
EXPOSURES = (
    "设备",
    "公告编号",
    "标题",
    "状态",
    "依据",
    "公告级别",
    "CVSS",
    "远程可触发",
    "修复版本",
    "规避办法",
    "来源",
)


def write_workbook(inspection: Inspection, path: Path) -> None:
    """Write the workbook: findings, results, what was not assessed, assets, advisories, parse ledger."""
    sheets = {
        "问题清单": sheet(FINDINGS, _findings(inspection)),
        "证据": sheet(PROOF, _proof(inspection)),
        "检查结果": sheet(RESULTS, _results(inspection)),
        "检查项": sheet(CHECKS, _checks(inspection)),
        "未检查": sheet(NOT_ASSESSED, _not_assessed(inspection)),
        "日志摘要": sheet(("设备", *EVENT_HEADER), digest_rows(inspection)),
        "设备资产": sheet(ASSET_HEADER, [asset(report) for report in inspection.devices]),
        "公告匹配": sheet(EXPOSURES, _exposures(inspection)),
        "解析台账": sheet(LEDGER, _ledger(inspection)),
    }
    write_sheets(sheets, path, inspection.ended_at)


def _findings(inspection: Inspection) -> list[Row]:
    reports = {report.device.name: report for report in inspection.devices}
    return [_finding(inspection, f, reports[f.device]) for f in inspection.findings]


def _finding(inspection: Inspection, finding: Finding, report: DeviceReport) -> Row:
    check = inspection.texts[finding.check_id]
    return (
        finding.number,
        SEVERITY_WORDS[finding.severity],
        check.group,
        check.id,
        check.title,
        finding.device,
        report.device.host,
        finding.object or "整机",
        finding.message,
        *_evidence(finding, inspection.site.zone),
        *_remedy(check, report.platform or ""),
        check.interrupts or MISSING,
        check.risk or MISSING,
        check.rollback.get(report.platform or "") or check.rollback.get("action") or MISSING,
        check.verification or MISSING,
        inspection.conclusion.deadlines[finding.severity],
        "待处置" if finding.waiver is None else _taken(finding.waiver),
        None,
        None,
        None,
        None,
    )


def _taken(waiver: Waiver) -> str:
    return f"已接受，至 {waiver.expires}（{waiver.owner}，{waiver.reference}）"


def _evidence(finding: Finding, zone: tzinfo) -> Row:
    """What a finding rests on, each capture in one line, and the beginning of the text."""
    captures: dict[str, list[Evidence]] = {}
    for each in finding.evidence:
        captures.setdefault(each.sha256, []).append(each)
    firsts = [pieces[0] for pieces in captures.values()]
    lines = [line for each in finding.evidence for line in each.lines]
    cut = [f"…（另有 {len(lines) - MOST_LINES} 行，见「证据」）"] if len(lines) > MOST_LINES else []
    return (
        "\n".join(e.command for e in firsts) or NONE,
        "\n".join(_where(pieces) for pieces in captures.values()) or NONE,
        "\n".join([*lines[:MOST_LINES], *cut]) or NONE,
        "\n".join(moment(e.collected_at, zone) for e in firsts) or NONE,
        "\n".join(captures) or NONE,
    )


def _where(pieces: Sequence[Evidence]) -> str:
    return "、".join(line_numbers(e) for e in pieces if e.lines) or NONE


def _proof(inspection: Inspection) -> list[Row]:
    """All evidence, a row for each piece."""
    return [
        (
            finding.number,
            finding.device,
            each.command,
            line_numbers(each) if each.lines else NONE,
            "\n".join(each.lines) or "全部回显中没有相应的行",
            moment(each.collected_at, inspection.site.zone),
            each.sha256,
        )
        for finding in inspection.findings
        for each in finding.evidence
    ]


def _remedy(check: CheckText, platform: str) -> Row:
    if platform in check.remediation:
        checked = check.remediation_checked.get(platform, False)
        return check.remediation[platform], "已核对" if checked else "待核实"
    return check.remediation.get("action") or MISSING, NONE


def _results(inspection: Inspection) -> list[Row]:
    return [
        (
            report.device.name,
            inspection.texts[verdict.check_id].group,
            verdict.check_id,
            inspection.texts[verdict.check_id].title,
            result.object or "整机",
            OUTCOME_WORDS[result.outcome],
            SEVERITY_WORDS[result.severity] if result.severity else NONE,
            result.message,
        )
        for report in inspection.devices
        for verdict in report.verdicts
        for result in verdict.results
    ]


def _checks(inspection: Inspection) -> list[Row]:
    """What every check looks at and by which rule, and on how many devices it came out which way."""
    numbers = {check_id: [f.number for f in found] for check_id, found in merged(inspection.findings).items()}
    rows: list[Row] = []
    for check in inspection.texts.values():
        counted = by_outcome(verdicts_of(inspection, [check.id]))
        rows.append(
            (
                check.group,
                check.id,
                check.title,
                check.meaning or MISSING,
                check.rule or MISSING,
                check.rationale or MISSING,
                "；".join(check.references) or NONE,
                counted[Outcome.PASS],
                counted[Outcome.FAIL],
                counted[Outcome.NOT_APPLICABLE],
                counted[Outcome.NOT_ASSESSED],
                "、".join(numbers.get(check.id, ())) or NONE,
            )
        )
    return rows


def _not_assessed(inspection: Inspection) -> list[Row]:
    return [
        (
            report.device.name,
            inspection.texts[verdict.check_id].group,
            verdict.check_id,
            inspection.texts[verdict.check_id].title,
            result.object or "整机",
            REASON_WORDS[result.reason],
            result.message,
        )
        for report in inspection.devices
        for verdict in report.verdicts
        for result in verdict.results
        if result.reason is not None
    ]


def _exposures(inspection: Inspection) -> list[Row]:
    return [
        (
            exposure.device,
            exposure.advisory_id,
            exposure.title,
            EXPOSURE[exposure.state],
            "\n".join(ground.text for ground in exposure.because),
            exposure.severity,
            exposure.cvss,
            yes_no(exposure.remote),
            "、".join(exposure.fixed_in) or MISSING,
            exposure.workaround or MISSING,
            exposure.source,
        )
        for report in inspection.devices
        for exposure in report.exposures
    ]


def _ledger(inspection: Inspection) -> list[Row]:
    return [
        (
            report.device.name,
            record.command,
            COMMAND_STATUS.get(record.status, record.status),
            READ_RESULT[record.parsed],
            sum(line.command == record.command for line in report.unread),
            record.detail or NONE,
            record.elapsed_s,
            record.size_bytes,
            record.file,
            record.sha256,
        )
        for report in inspection.devices
        for record in report.commands
    ]

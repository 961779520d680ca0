"""设备版本汇总表 as an Excel workbook, with every match on a second sheet."""

from pathlib import Path

from checks.exposure import ExposureState
from checks.inspection import DeviceReport, Inspection
from reports.labels import EXPOSURE, MISSING, yes_no
from reports.sheets import Row, sheet, write_sheets
from reports.versions import rows
from reports.versions.words import CERTAINTY, TRIGGER

VERSIONS = (
    "设备", "管理地址", "厂商", "型号", "角色", "软件版本", "已生效补丁", "命中公告", "待核实", "已规避",
    "风险系数", "推荐版本", "推荐理由", "认可版本情况", "生命周期",
)  # fmt: skip
MATCHES = (
    "设备", "型号", "软件版本", "公告编号", "别名", "标题", "结论", "确定程度", "依据", "触发条件",
    "是否触发", "公告级别", "CVSS", "已知被利用", "EPSS", "风险系数", "修复版本", "规避办法",
    "规避命令", "来源",
)  # fmt: skip


def write_version_workbook(inspection: Inspection, path: Path) -> None:
    """Write the list of versions and all matches."""
    sheets = {
        "设备版本汇总": sheet(VERSIONS, [_device(report) for report in inspection.devices]),
        "公告匹配": sheet(MATCHES, [row for report in inspection.devices for row in _matches(report)]),
    }
    write_sheets(sheets, path, inspection.ended_at)


def _device(report: DeviceReport) -> Row:
    evaluation = report.evaluation
    return (
        report.device.name,
        report.device.host,
        rows.vendor(report),
        rows.model(report),
        rows.role(report),
        rows.version(report),
        rows.patches(report),
        rows.count(report, ExposureState.AFFECTED),
        rows.count(report, ExposureState.UNDETERMINED),
        rows.count(report, ExposureState.MITIGATED),
        rows.factor(report),
        rows.recommended(evaluation.recommendation if evaluation else None),
        rows.why(evaluation.recommendation if evaluation else None),
        rows.approved(evaluation.standing if evaluation else None),
        rows.lifecycle(evaluation.lifecycle if evaluation else ()),
    )


def _matches(report: DeviceReport) -> list[Row]:
    risks = report.evaluation.risks if report.evaluation else {}
    return [
        (
            report.device.name,
            rows.model(report),
            rows.version(report),
            each.advisory_id,
            "、".join(each.aliases),
            each.title,
            EXPOSURE[each.state],
            CERTAINTY[each.certainty],
            "\n".join(ground.text for ground in each.because),
            each.trigger_detail or MISSING,
            TRIGGER[each.trigger],
            each.severity,
            each.cvss,
            yes_no(each.exploited),
            each.epss,
            risks[each.advisory_id].factor if each.advisory_id in risks else None,
            "、".join(each.fixed_in) or MISSING,
            each.workaround or MISSING,
            "\n".join(each.workaround_commands) or MISSING,
            each.source,
        )
        for each in report.exposures
    ]

"""The hardening plan as an Excel workbook, for people who track the work."""

from pathlib import Path

from checks.hardening import PLANE_WORDS, WAVE_WORDS, WINDOW_WORDS, HardeningItem, HardeningPlan
from checks.words import OUTCOME_WORDS, SEVERITY_WORDS
from reports.hardening.summary import HIGH_RISK, preconditions
from reports.labels import MISSING, NONE
from reports.sheets import Row, sheet, write_sheets

ITEMS = (
    "编号", "设备", "管理地址", "平面", "批次", "级别", HIGH_RISK, "检查项编号", "检查项", "要求", "现状",
    "前置与预检", "处置建议", "整改命令", "命令核对", "未填参数", "锁定风险", "风险", "是否中断业务",
    "建议窗口", "验证方法", "回退命令", "对应条款", "执行人", "执行时间", "验证结果", "备注",
)  # fmt: skip
CHECKLIST = ("设备", "平面", "检查项编号", "检查项", "要求", "结论", "现状", "整改编号")


def write_hardening_workbook(plan: HardeningPlan, path: Path) -> None:
    """Write both parts: what is to be done, and what every hardening check says."""
    hosts = {device.report.device.name: device.report.device.host for device in plan.devices}
    sheets = {
        "加固项": sheet(ITEMS, [_item(item, hosts[item.device]) for item in plan.items]),
        "检查清单": sheet(CHECKLIST, _checklist(plan)),
    }
    write_sheets(sheets, path, plan.inspection.ended_at)


def _item(item: HardeningItem, host: str) -> Row:
    said = (f"{f.object}：{f.message}" if f.object else f.message for f in item.findings)
    return (
        item.number,
        item.device,
        host,
        PLANE_WORDS[item.step.plane],
        WAVE_WORDS[item.step.wave],
        SEVERITY_WORDS[item.severity],
        HIGH_RISK if item.step.high_risk else NONE,
        item.check.id,
        item.check.title,
        item.step.requirement,
        "\n".join(said),
        preconditions(item),
        "\n".join(item.advice) or NONE,
        "\n".join(item.commands) or (NONE if item.advice else MISSING),
        ("已核对" if item.checked else "待核实") if item.commands else NONE,
        "、".join(f"<{name}>" for name in item.left) or NONE,
        item.step.lockout or NONE,
        item.check.risk or MISSING,
        item.check.interrupts or MISSING,
        WINDOW_WORDS[item.step.wave],
        item.check.verification or MISSING,
        "\n".join(item.rollback) or MISSING,
        "；".join(item.step.references) or NONE,
        None,
        None,
        None,
        None,
    )


def _checklist(plan: HardeningPlan) -> list[Row]:
    return [
        (
            device.report.device.name,
            PLANE_WORDS[row.step.plane],
            row.check.id,
            row.check.title,
            row.step.requirement,
            OUTCOME_WORDS[row.verdict.outcome],
            "\n".join(f"{r.object}：{r.message}" if r.object else r.message for r in row.verdict.results),
            row.item or NONE,
        )
        for device in plan.devices
        for row in device.rows
    ]

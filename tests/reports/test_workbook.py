from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from checks.inspection import Inspection
from checks.verdict import Severity, failed
from reports.log_digest import EVENT_HEADER, event_rows
from reports.sheets import LONGEST
from reports.workbook import (
    CHECKS,
    EXPOSURES,
    FINDINGS,
    LEDGER,
    MOST_LINES,
    NOT_ASSESSED,
    PROOF,
    RESULTS,
    write_workbook,
)
from tests.reports import sample

SHEETS = ["问题清单", "证据", "检查结果", "检查项", "未检查", "日志摘要", "设备资产", "公告匹配", "解析台账"]


def written(inspection: Inspection, folder: Path) -> openpyxl.Workbook:
    path = folder / "findings.xlsx"
    write_workbook(inspection, path)
    return openpyxl.load_workbook(path)


def table(sheet: Worksheet) -> tuple[list[str], list[dict[str, Any]]]:
    header, *rows = sheet.iter_rows(values_only=True)
    names = [str(name) for name in header]
    return names, [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", ["full", "spotless", "nothing_reached", "crowded"])
def test_sheets_headers_and_numbers_of_rows(name: str, tmp_path: Path) -> None:
    made: Inspection = getattr(sample, name)()
    book = written(made, tmp_path)
    assert book.sheetnames == SHEETS
    results = [r for device in made.devices for v in device.verdicts for r in v.results]
    expected: list[tuple[Sequence[str] | None, int]] = [
        (FINDINGS, len(made.findings)),
        (PROOF, sum(len(finding.evidence) for finding in made.findings)),
        (RESULTS, len(results)),
        (CHECKS, len(made.texts)),
        (NOT_ASSESSED, sum(r.reason is not None for r in results)),
        (("设备", *EVENT_HEADER), sum(1 for device in made.devices for _ in event_rows(made, device))),
        (None, len(made.devices)),
        (EXPOSURES, sum(len(device.exposures) for device in made.devices)),
        (LEDGER, sum(len(device.commands) for device in made.devices)),
    ]
    for sheet_name, (header, count) in zip(SHEETS, expected, strict=True):
        names, rows = table(book[sheet_name])
        assert len(rows) == count
        assert header is None or names == list(header)
        assert book[sheet_name].freeze_panes == "A2"
        assert book[sheet_name].auto_filter.ref == book[sheet_name].dimensions


def test_a_finding_row(tmp_path: Path) -> None:
    _, rows = table(written(sample.full(), tmp_path)["问题清单"])
    assert {
        k: rows[0][k]
        for k in ("编号", "级别", "类别", "检查项编号", "设备", "管理地址", "对象", "现象", "建议期限")
    } == {
        "编号": "P001",
        "级别": "严重",
        "类别": "运行环境",
        "检查项编号": "DEMO-003",
        "设备": "demo-sw1",
        "管理地址": "192.0.2.1",
        "对象": "slot 1 Power 2",
        "现象": "电源 Power 2 状态为 Fault，门限 Normal",
        "建议期限": "critical 的期限",
    }
    assert rows[0]["证据行号"] == "3–5"
    assert rows[0]["原始文件 SHA-256"] == sample.digest("demo-sw1display power")
    assert rows[0]["命令核对"] == "待核实"
    assert rows[0]["责任方"] is None


def test_what_was_not_assessed_has_its_reason(tmp_path: Path) -> None:
    _, rows = table(written(sample.full(), tmp_path)["未检查"])
    assert {row["原因"] for row in rows if row["设备"] == "demo-dark"} == {"设备不可达"}
    assert {row["原因"] for row in rows if row["设备"] == "demo-sw1"} == {"账号权限不足"}


def test_assets_say_what_is_missing(tmp_path: Path) -> None:
    _, rows = table(written(sample.full(), tmp_path)["设备资产"])
    by_name = {row["名称"]: row for row in rows}
    assert by_name["demo-sw1"]["序列号"] == "DEMO0000DEMO-SW101"
    assert by_name["demo-sw1"]["运行时长"] == "300 天 2 小时"
    assert by_name["demo-sw2"]["位置"] == "未提供"
    assert by_name["demo-dark"]["型号"] == "未取得（设备不可达）"
    assert all(value not in (None, "", 0) for row in rows for value in row.values())


def test_scores_are_numbers(tmp_path: Path) -> None:
    _, rows = table(written(sample.full(), tmp_path)["公告匹配"])
    assert {row["CVSS"] for row in rows} == {7.5}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "=cmd|'/c calc'!A0"])
def test_device_output_never_becomes_a_formula(start: str, tmp_path: Path) -> None:
    checks = sample.texts(3)
    text = f"{start}HYPERLINK(1)"
    problem = failed(text, Severity.MAJOR, text)
    made = sample.inspection([sample.device_report(1, checks, {next(iter(checks)): problem})], checks)
    made = replace(
        made,
        findings=tuple(replace(f, evidence=(sample.evidence("d", text, (text,)),)) for f in made.findings),
    )
    book = written(made, tmp_path)
    sheets = (book["问题清单"], book["证据"])
    cells = [c for sheet in sheets for row in sheet.iter_rows() for c in row if "HYPERLINK" in str(c.value)]
    assert len(cells) == 6  # object, message, and in both sheets command and line
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[0] in "=+-@")


def test_what_excel_cannot_hold_is_shown_or_cut_visibly(tmp_path: Path) -> None:
    checks = sample.texts(3)
    problem = failed("a\x00b\x1b[0m\udce9", Severity.MAJOR, "长" * (LONGEST + 5))
    made = sample.inspection([sample.device_report(1, checks, {next(iter(checks)): problem})], checks)
    _, rows = table(written(made, tmp_path)["问题清单"])
    assert rows[0]["对象"] == "a□U+0000b□U+001B[0m□U+DCE9"
    assert len(rows[0]["现象"]) == LONGEST
    assert rows[0]["现象"].endswith("全文见 inspection.json）")


def test_ledger_has_every_command_with_what_came_of_it(tmp_path: Path) -> None:
    made = sample.full()
    _, rows = table(written(made, tmp_path)["解析台账"])
    found = {
        row["命令"]: (row["应答"], row["解析"], row["未识别行数"])
        for row in rows
        if row["设备"] == "demo-sw1"
    }
    assert found["display version"] == ("成功", "完整", 0)
    assert found["display alarm"] == ("成功", "无内容", 0)
    assert found["display current-configuration"] == ("权限不足", "权限不足", 0)
    assert found["display logbuffer"] == ("连接中断", "中断", 0)
    stored = {(row["设备"], row["原始文件"], row["SHA-256"], row["耗时（秒）"], row["字节"]) for row in rows}
    assert stored == {
        (device.device.name, record.file, record.sha256, 0.4, 1234)
        for device in made.devices
        for record in device.commands
    }


def test_every_check_has_its_rule_and_how_it_came_out(tmp_path: Path) -> None:
    made = sample.full()
    _, rows = table(written(made, tmp_path)["检查项"])
    by_id = {row["检查项编号"]: row for row in rows}
    assert list(by_id) == list(made.texts)
    # Fails on three devices, is not assessed on the one that was not reached, passes on the other three.
    power = by_id["DEMO-003"]
    assert (power["通过"], power["不通过"], power["不涉及"], power["未检查"]) == (3, 3, 0, 1)
    assert power["问题编号"] == "P001、P002、P004"
    assert power["判据"] == made.texts["DEMO-003"].rule
    assert power["目的"] == made.texts["DEMO-003"].meaning
    assert power["参考依据"] == "GB/T 22239-2019；设备维护手册"
    assert by_id["DEMO-001"]["问题编号"] == "—"


def test_evidence_is_whole_in_its_own_sheet_and_begins_in_the_list(tmp_path: Path) -> None:
    made = sample.full()
    first, *others = made.findings
    long = sample.evidence(first.device, lines=tuple(f"line {n}" for n in range(1, 31)))
    short = replace(long, first_line=50, lines=("further",))
    made = replace(made, findings=(replace(first, evidence=(long, short)), *others))
    book = written(made, tmp_path)
    _, listed = table(book["问题清单"])
    assert listed[0]["证据命令"] == "display power"
    assert listed[0]["证据行号"] == "3–32、50"
    assert listed[0]["原始文件 SHA-256"] == long.sha256
    shown = listed[0]["证据原文"].split("\n")
    assert shown[:MOST_LINES] == [f"line {n}" for n in range(1, MOST_LINES + 1)]
    assert shown[MOST_LINES:] == ["…（另有 11 行，见「证据」）"]
    _, rows = table(book["证据"])
    whole = [row for row in rows if row["问题编号"] == "P001"]
    assert [row["行号"] for row in whole] == ["3–32", "50"]
    assert whole[0]["原文"].split("\n") == list(long.lines)
    assert whole[1]["原文"] == "further"
    assert book["证据"].column_dimensions["G"].width > 64, "a digest stands on one line"

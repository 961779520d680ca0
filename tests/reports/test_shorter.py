"""What the report says once instead of many times, and that nothing is lost by it."""

import hashlib
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reportlab.platypus import CondPageBreak, Spacer

from checks.check import of_one_cause
from checks.inspection import DeviceReport, Inspection
from checks.verdict import Result, Verdict, not_assessed, passed
from parsers.facts import Reason
from reports import style
from reports.prose import prose
from reports.sections.collected import seal
from reports.sections.coverage import coverage
from reports.tables import Rows, Tag, alike, grid, sheet_of
from reports.together import headings_kept
from tests.reports import sample

MISSING_ACL = "未取得“ACL”：账号权限不足（display current-configuration: Error）"


def lacking(message: str, reason: Reason = Reason.NO_BASELINE) -> Result:
    return not_assessed(reason, message)


def site_of(results: dict[str, dict[str, Result]]) -> Inspection:
    """Devices with what their checks say."""
    checks = sample.texts(4)
    reports: list[DeviceReport] = []
    for number, (name, found) in enumerate(results.items(), start=1):
        verdicts = tuple(Verdict(c, name, (found.get(c, passed("", "正常")),)) for c in checks)
        reports.append(replace(sample.device_report(number, checks, {}, name), verdicts=verdicts))
    return sample.inspection(reports, checks)


def test_equal_gaps_stand_once_with_all_devices_and_checks() -> None:
    once = {"DEMO-001": lacking("没有登记甲"), "DEMO-002": lacking("没有登记乙")}
    assert coverage(site_of({"a": once, "b": once, "c": {}})) == [
        ("a、b", "缺少判断基线", "2 项：DEMO-001、DEMO-002", "没有登记甲\n没有登记乙")
    ]


def test_what_differs_is_said_with_the_devices_it_is_said_of() -> None:
    gaps = coverage(
        site_of(
            {
                "a": {"DEMO-001": lacking("没有版本 1 的数据")},
                "b": {"DEMO-001": lacking("没有版本 1 的数据")},
                "c": {
                    "DEMO-001": lacking("没有版本 2 的数据"),
                    "DEMO-003": lacking("超时", Reason.TIMED_OUT),
                },
            }
        )
    )
    assert gaps == [
        ("a、b、c", "缺少判断基线", "1 项：DEMO-001", "a、b：没有版本 1 的数据\nc：没有版本 2 的数据"),
        ("c", "命令超时", "1 项：DEMO-003", "超时"),
    ]


def test_a_device_that_was_not_reached_has_one_row() -> None:
    made = sample.full()
    assert coverage(made)[0] == ("demo-dark", "设备不可达", "全部 30 项", "连接 192.0.2.99:22 超时")


@pytest.mark.parametrize("name", ["full", "crowded", "nothing_reached"])
def test_every_gap_of_every_device_is_in_exactly_one_row(name: str) -> None:
    made: Inspection = getattr(sample, name)()
    wanted = {
        (report.device.name, verdict.check_id)
        for report in made.devices
        for verdict in report.verdicts
        if any(result.reason is not None for result in verdict.results)
    }
    found = [
        (device, check_id)
        for devices, _, checks, _ in coverage(made)
        for device in devices.split("、")
        for check_id in (made.texts if checks.startswith("全部") else checks.split("：")[1].split("、"))
    ]
    assert sorted(found) == sorted(wanted)


def test_missing_facts_of_one_cause_are_named_together() -> None:
    other = MISSING_ACL.replace("ACL", "SNMP")
    refused = "未取得“PoE”：设备不支持该命令"
    assert of_one_cause([MISSING_ACL, "没有登记", other, refused, other]) == [
        "未取得“ACL”、“SNMP”：账号权限不足（display current-configuration: Error）",
        "没有登记",
        refused,
    ]


def test_rows_that_differ_in_one_column_are_joined_at_the_first_of_them() -> None:
    tag = Tag("已检", style.WHITE)
    assert alike([["a", "1", tag], ["b", "2", tag], ["c", "1", tag]], 0) == [
        ["a、c", "1", tag],
        ["b", "2", tag],
    ]
    assert alike([["a", "x", "1"], ["a", "y", "1"], ["b", "y", "1"]], 1) == [
        ["a", "x、y", "1"],
        ["b", "y", "1"],
    ]


def test_the_seal_is_what_sha256sum_says_of_the_folder(tmp_path: Path) -> None:
    made = [
        replace(record, file=f"captures/demo-sw1/{name}.txt", sha256=hashlib.sha256(text).hexdigest())
        for record, name, text in zip(
            sample.records("demo-sw1"), ("b", "a_2", "a", "B"), (b"1\r\n", b"", b"\xff", b"3"), strict=False
        )
    ]
    (tmp_path / "captures/demo-sw1").mkdir(parents=True)
    for name, text in (("b", b"1\r\n"), ("a_2", b""), ("a", b"\xff"), ("B", b"3"), ("a.earlier", b"9")):
        (tmp_path / f"captures/demo-sw1/{name}.txt").write_bytes(text)
    command = "export LC_ALL=C; ls captures/demo-sw1/*.txt | grep -v earlier | xargs sha256sum | sha256sum"
    said = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert said.stdout == f"{seal(made)}  -\n"
    changed = [replace(made[0], sha256=sample.digest("other")), *made[1:]]
    assert seal(changed) != seal(made)


def test_a_sheet_spans_single_pairs_over_the_page() -> None:
    table: Any = sheet_of([[("判据", "长")], [("影响", "甲"), ("中断", "乙")]])[0]
    assert sum(table._colWidths) == pytest.approx(style.TEXT_WIDTH)
    assert list(table._spanCmds) == [("SPAN", (1, 0), (3, 0))]


def test_a_heading_asks_for_room_for_the_beginning_of_what_follows() -> None:
    heading = prose("标题", style.HEADING)
    rows = [["很长的一格" * 40, "x"] for _ in range(30)]
    table = grid(("甲", "乙"), rows, (1, 1))[0]
    assert isinstance(table, Rows)
    kept = headings_kept([prose("前文", style.TEXT), heading, prose("说明", style.NOTE), table])
    (room,) = (part for part in kept if isinstance(part, CondPageBreak))
    assert kept.index(heading) == kept.index(room) + 1
    least = table.beginning(3, style.TEXT_WIDTH)
    assert 100 < least < room.height < least + 80


def test_consecutive_headings_stay_together_and_a_break_is_never_asked_for_more_than_a_page() -> None:
    headings = [prose("章", style.HEADING), prose("节", style.SUBHEADING)]
    kept = headings_kept([*headings, Spacer(1, 5000)])
    assert [type(part) for part in kept[:1]] == [CondPageBreak]
    assert sum(isinstance(part, CondPageBreak) for part in kept) == 1
    assert kept[0].height < style.TEXT_HEIGHT


def test_a_title_row_stays_with_the_row_below_it() -> None:
    title = Tag("二层", style.STRIPE)
    table: Any = grid(("甲", "乙"), [[title, title], ["a", "b"], ["c", "d"]], (1, 1))[0]
    assert table._nosplitCmds == [("NOSPLIT", (0, 1), (-1, 2))]

"""What earlier inspections add to the report: states and ages of problems, and trends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from checks.comparison import Change, ChangeVerdict, Comparison, Gap
from checks.inspection import Inspection, Past
from checks.lifecycle import Decision, Problem, ProblemState, problem_id
from checks.metrics import Sample
from checks.trends import Trend
from checks.verdict import Severity
from reports.json_report import as_data
from reports.pdf import write_pdf
from tests.reports import sample
from tests.reports.pdf_reading import CHAPTERS, chapter_text, pages_of, squeezed

NOW = sample.full().started_at
ACCEPTED_SINCE = NOW - timedelta(days=400)


def problem(number: str = "", state: ProblemState = ProblemState.REMAINING, **what: object) -> Problem:
    given: dict[str, object] = {
        "id": problem_id("s", number or str(what), "c", "o"),
        "check_id": next(iter(sample.full().texts)),
        "device": "demo-sw1",
        "former_names": (),
        "object": "Fan 9",
        "state": state,
        "severity": Severity.MAJOR,
        "message": "风扇 9 坏了",
        "number": number,
        "first_seen": NOW - timedelta(days=100),
        "since": NOW - timedelta(days=100),
        "last_seen": NOW,
        "times": 3,
        "recurrences": 0,
        "solved_at": None,
        "confirmed": True,
        "in_inventory": True,
        "replaced_at": None,
    }
    return Problem(**{**given, **what})  # type: ignore[arg-type]


def rising() -> Trend:
    samples = tuple(Sample(NOW - timedelta(days=30 * n), 70 - 5 * n) for n in (3, 2, 1, 0))
    return Trend(
        device="demo-sw1",
        metric="memory_pct",
        object="Slot 1",
        samples=samples,
        per_day=1 / 6,
        r_squared=1.0,
        limit=85.0,
        reaches=NOW + timedelta(days=90),
        why="",
    )


CHANGED = Comparison(
    site="demo-hq",
    before="run-before",
    after="run-now",
    before_at=NOW - timedelta(days=30),
    after_at=NOW,
    devices=4,
    changes=(
        Change(
            device="demo-sw1",
            kind="configuration",
            label="配置",
            object="ospf 1",
            field="",
            change="changed",
            before="area 0",
            after="area 9\narea 8",
        ),
        Change(
            device="demo-sw2",
            kind="logs",
            label="日志",
            object="2026-01-01 OLD/LINE",
            field="",
            change="removed",
            before="x",
            after="",
            verdict=ChangeVerdict.EXPECTED,
            why="缓冲区",
        ),
    ),
    unchanged={"接口": 300, "风扇": 12},
    gaps=(Gap(device="demo-sw2", label="路由", why="前次未采集"),),
)


def with_past(**what: object) -> Inspection:
    first, unseen = problem("P001"), problem(device="demo-sw2", confirmed=False, in_inventory=False)
    solved = problem(state=ProblemState.SOLVED, solved_at=NOW, object="Fan 7", message="风扇 7 坏了")
    given: dict[str, object] = {
        "inspections": 5,
        "problems": (first, unseen, solved),
        "decisions": {first.id: Decision(owner="张三", due=date(2026, 12, 31), note="")},
        "series": 120,
        "trends": (rising(), replace(rising(), object="Slot 2", reaches=None, why="没有门限", limit=None)),
    }
    past = Past(**{**given, **what})  # type: ignore[arg-type]
    return replace(sample.full(), past=past, comparison=CHANGED)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    path: Path = tmp_path_factory.mktemp("past") / "report.pdf"
    write_pdf(with_past(), path)
    return lambda chapter: chapter_text(path, chapter) if chapter else "".join(pages_of(path))


@pytest.mark.parametrize(
    ("chapter", "text"),
    [
        (2, "遗留（第 3 次）"),
        (2, "张三"),
        (2, "2026-12-31"),
        (2, "状态按此前 5 次巡检跟踪"),
        (2, "问题闭环"),
        (2, "未关闭问题的账龄"),
        (2, "91–180 天"),
        (2, "未关闭、本次未能复核的问题"),
        (2, "设备已移出清单"),
        (2, "本次确认解决的问题"),
        (2, "风扇 7 坏了"),
        (1, "数值趋势"),
        (1, "与上次巡检的变化"),
        (1, "比较 4 台设备：需解释的变化 1 项，预期变化 1 项，无变化 312 项，未比较或只比较了一部分 1 项"),
        (1, "area 9"),
        (1, "内存利用率（%）"),
        (1, "门限 85"),
        (1, f"{NOW + timedelta(days=90):%Y-%m-%d}"),
        (1, "没有门限"),
        (1, "跟踪了 120 个数值序列"),
    ],
)
def test_what_is_told(written: Callable[[str], str], chapter: int, text: str) -> None:
    assert squeezed(text) in written(CHAPTERS[chapter])


def test_the_summary_counts_them(written: Callable[[str], str]) -> None:
    assert "问题跟踪（含此前5次巡检）：新增0，遗留2，复发0，已接受0，已解决1；其中本次未能复核1" in written(
        ""
    )


def test_a_history_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    write_pdf(with_past(inspections=0, problems=(), trends=(), unavailable="历史库无法打开"), path)
    assert "历史库无法打开" in chapter_text(path, CHAPTERS[2])


def test_json_has_it() -> None:
    told = as_data(with_past())["past"]
    assert [p["state"] for p in told["problems"]] == ["remaining", "remaining", "solved"]
    assert told["trends"][0]["reaches"].startswith(f"{NOW + timedelta(days=90):%Y-%m-%d}")
    assert next(iter(told["decisions"].values()))["due"] == "2026-12-31"

"""What a run says of its sessions: that every one was closed, or which were not."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from agent.console import Console
from agent.delivery import Delivery
from agent.exit_codes import ExitCode
from agent.summary import print_summary
from checks.inspection import Inspection
from collector.run_record import OpenedSession
from collector.simulator.site import load_plan
from reports.sections.site import _sessions as in_report
from tests.agent.conftest import DemoRun

AT = datetime(2026, 1, 1, tzinfo=UTC)
REACHED = {device.name for device in load_plan().devices} - set(load_plan().unreachable)


def session(peer: str, *, closed: bool = True, is_hop: bool = False) -> OpenedSession:
    return OpenedSession(peer=peer, is_hop=is_hop, opened_at=AT, closed_at=AT if closed else None)


def test_every_session_of_the_demo_was_closed(demo_run: DemoRun) -> None:
    inspection = demo_run.inspection
    assert {s.peer for s in inspection.sessions} == REACHED
    assert len(inspection.sessions) == len(REACHED)
    assert inspection.unclosed == ()
    assert said(inspection).endswith(f"sessions opened: {len(REACHED)}, every one was closed")


CASES = [
    ((), "没有会话记录", "sessions opened: 0"),
    (
        (session("core-1"), session("agg-1")),
        "共打开 2 个，已全部关闭",
        "sessions opened: 2, every one was closed",
    ),
    (
        (session("core-1"), session("hop-1", is_hop=True)),
        "共打开 2 个（其中跳板机 1 个），已全部关闭",
        "sessions opened: 2, every one was closed",
    ),
    (
        (session("core-1", closed=False), session("agg-1")),
        "共打开 2 个，1 个没有关闭的记录：core-1（运行被终止时由系统断开）",
        "sessions opened: 2, no record that these were closed: core-1",
    ),
]


@pytest.mark.parametrize(("sessions", "chinese", "english"), CASES)
def test_the_statement(
    demo_run: DemoRun, sessions: tuple[OpenedSession, ...], chinese: str, english: str
) -> None:
    inspection = replace(demo_run.inspection, sessions=sessions)
    assert said(inspection) == english
    assert in_report(inspection) == chinese


def test_the_report_says_so(demo_run: DemoRun) -> None:
    pages = pypdf.PdfReader(demo_run.output / "inspection.pdf").pages[:12]
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert f"共打开{len(REACHED)}个，已全部关闭" in text


def said(inspection: Inspection) -> str:
    """The line of the summary on the terminal."""
    lines: list[str] = []

    class Kept(Console):
        def say(self, text: str = "") -> None:
            lines.append(text)

    files = Delivery(Path("a.pdf"), Path("b.xlsx"), Path("c.json"))
    print_summary(inspection, Path("run"), files, ExitCode.CLEAN, Kept())
    (line,) = [line for line in lines if line.startswith("sessions")]
    return line

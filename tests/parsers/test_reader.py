"""A log line that bursts into an output costs nothing; anything else that is not known does."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.texts import render
from parsers import reader
from parsers.config_tree import build_tree
from parsers.facts import FACT_NAMES, Known, Partial, Reason, Unknown
from parsers.reader import read_facts, unread_lines
from parsers.template import parse
from parsers.text import clean

LOG_LINES = {
    "h3c_comware5": "#Nov 22 03:38:58:123 2026 demo IFNET/4/INTERFACE UPDOWN:",
    "h3c_comware7": "%Nov 22 03:38:58:123 2026 demo IFNET/3/PHY_UPDOWN: Physical state changed to up.",
    "huawei_vrp5": "Nov 22 2026 03:38:58+08:00 demo %%01IFPDT/4/IF_STATE(l)[0]:Interface has turned into UP.",
    "huawei_vrp8": "Nov 22 2026 03:38:58 demo %%01IFNET/2/linkDown_active(l):CID=0x807a0405;",
    "inspur_inos6": "Nov 22 03:38:58 demo INTERFACE-4: Interface eth-0-9 state change to up",
    "inspur_inos_cn": "2026 Nov 22 03:38:58 demo %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up",
}
CLOCKS = {
    "h3c_comware5": "10:20:30 UTC Sun 11/22/2026",
    "h3c_comware7": "10:20:30.123 UTC Sun 11/22/2026",
    "huawei_vrp5": "2026-11-22 10:20:30\nSunday\nTime Zone(UTC) : UTC+00:00",
    "huawei_vrp8": "2026-11-22 10:20:30\nSunday\nTime Zone(UTC) : UTC+00:00",
    "inspur_inos6": "10:20:30 UTC Sun Nov 22 2026",
    "inspur_inos_cn": "10:20:30.123 UTC Sun Nov 22 2026",
}


def capture(platform_id: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> Capture:
    step = platforms()[platform_id].facts["clock"][0]
    return Capture(
        device="demo",
        command=step.any_of[0],
        status=status,
        raw=text.encode(),
        started_at=datetime(2026, 11, 22, 10, 20, 30, tzinfo=UTC),
        elapsed_s=0.1,
        detail="because",
    )


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_a_log_line_in_mid_output_is_passed_over(platform_id: str) -> None:
    platform = platforms()[platform_id]
    plain = read_facts(platform, [capture(platform_id, CLOCKS[platform_id])]).clock
    assert isinstance(plain, Known)
    burst = f"{LOG_LINES[platform_id]}\n{CLOCKS[platform_id]}"
    fact = read_facts(platform, [capture(platform_id, burst)]).clock
    assert isinstance(fact, Known)
    assert fact.value.device_time == plain.value.device_time
    assert fact.value.seen.lines == tuple(line + 1 for line in plain.value.seen.lines)


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_any_other_line_is_unread(platform_id: str) -> None:
    text = f"{CLOCKS[platform_id]}\nsomething nobody has seen before"
    fact = read_facts(platforms()[platform_id], [capture(platform_id, text)]).clock
    assert isinstance(fact, Partial | Unknown)
    if isinstance(fact, Unknown):
        assert fact.reason is Reason.UNPARSED


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (CaptureStatus.REFUSED, Reason.REFUSED),
        (CaptureStatus.NO_PRIVILEGE, Reason.NO_PRIVILEGE),
        (CaptureStatus.TIMED_OUT, Reason.TIMED_OUT),
        (CaptureStatus.CUT, Reason.CUT),
    ],
)
@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_an_answer_that_is_none_is_unknown_with_its_reason(
    platform_id: str, status: CaptureStatus, reason: Reason
) -> None:
    fact = read_facts(platforms()[platform_id], [capture(platform_id, CLOCKS[platform_id], status)]).clock
    assert isinstance(fact, Unknown)
    assert fact.reason is reason
    assert "because" in fact.detail


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_what_nobody_asked_for_is_not_collected(platform_id: str) -> None:
    facts = read_facts(platforms()[platform_id], [])
    assert isinstance(facts.clock, Unknown)
    assert facts.clock.reason is Reason.NOT_COLLECTED


DEMO = Path("collector/simulator/demo")
DEMO_DEVICES = {
    "h3c_comware7": "demo-core",
    "huawei_vrp5": "demo-acc-w1",
    "huawei_vrp8": "demo-agg-w1",
    "inspur_inos_cn": "demo-srv-i1",
}


def demo_captures(platform_id: str, *, ending: str = "") -> list[Capture]:
    """What a device of the demo site answers, with something appended to every answer."""
    asked = datetime(2026, 11, 22, 10, 20, 30, tzinfo=UTC)
    folder = DEMO / DEMO_DEVICES[platform_id]
    files = {
        c: folder / f"{c.replace('-', '_').replace(' ', '_')}.txt"
        for c in platforms()[platform_id].commands()
    }
    return [
        Capture(
            device="demo",
            command=command,
            status=CaptureStatus.OK,
            raw=(render(file.read_text("utf-8"), asked) + ending).encode(),
            started_at=asked,
            elapsed_s=0.1,
        )
        for command, file in files.items()
        if file.exists()
    ]


@pytest.mark.parametrize("platform_id", sorted(DEMO_DEVICES))
def test_an_output_is_read_once_whatever_rests_on_it(
    platform_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[tuple[str, str]] = Counter()

    def counting(name: str, function: Any, which: Any) -> Any:
        def counted(*args: Any, **kwargs: Any) -> Any:
            counts[name, which(args, kwargs)] += 1
            return function(*args, **kwargs)

        return counted

    monkeypatch.setattr(reader, "clean", counting("clean", clean, lambda args, _: args[1]))
    monkeypatch.setattr(reader, "parse", counting("parse", parse, lambda _, kwargs: kwargs["command"]))
    monkeypatch.setattr(
        reader, "build_tree", counting("tree", build_tree, lambda _, kwargs: kwargs["command"])
    )
    read_facts(platforms()[platform_id], demo_captures(platform_id))
    assert {name for name, _ in counts} == {"clean", "parse", "tree"}
    assert {key: n for key, n in counts.items() if n > 1} == {}


@pytest.mark.parametrize("platform_id", sorted(DEMO_DEVICES))
def test_facts_are_partial_for_their_own_commands_only(platform_id: str) -> None:
    platform = platforms()[platform_id]
    captures = demo_captures(platform_id, ending="\nnobody has seen this before")
    facts = read_facts(platform, captures)
    for name in FACT_NAMES:
        fact = getattr(facts, name)
        asked = {command for step in platform.facts.get(name, ()) for command in step.any_of}
        if not isinstance(fact, Known):
            assert {line.command for line in fact.unread} <= asked


def test_the_unread_lines_of_a_fact_that_is_lost_are_kept() -> None:
    text = f"{CLOCKS['huawei_vrp5']}\n2026-11-22 10:20:31\nnobody\n2026-11-22 10:20:32"
    facts = read_facts(platforms()["huawei_vrp5"], [capture("huawei_vrp5", text)])
    assert isinstance(facts.clock, Unknown)
    assert [line.text for line in facts.clock.unread] == ["nobody"]
    assert [(line.number, line.text) for line in unread_lines(facts)] == [(5, "nobody")]


def test_a_configuration_that_somebody_cut_short_says_nothing_of_what_is_not_there() -> None:
    """As of an account that is shown in an excerpt: defaults would be taken for what was left out."""
    platform = platforms()["inspur_inos_cn"]
    text = "version 10.2(3)\nhostname demo\n(...)\nsnmp-server user ops network-admin auth sha x priv y\n"
    asked = Capture(
        device="demo",
        command="show running-config",
        status=CaptureStatus.OK,
        raw=text.encode(),
        started_at=datetime(2026, 11, 22, tzinfo=UTC),
        elapsed_s=0.1,
    )
    whole = replace(asked, raw=text.replace("(...)\n", "").encode())
    fact = read_facts(platform, [asked], ["info_center"]).info_center
    assert isinstance(fact, Unknown)
    assert (fact.reason, fact.detail) == (
        Reason.UNPARSED,
        "show running-config: line 3 stands for lines that were left out",
    )
    assert isinstance(read_facts(platform, [whole], ["info_center"]).info_center, Known)

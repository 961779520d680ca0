"""An output that cannot be read in time costs the facts that rest on it; a process that ends, its device."""

import pickle
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

import parsers.guarded
from collector.platform import platforms
from parsers.facts import FACT_NAMES, Known, Reason, Unknown
from parsers.guarded import Printed, ReadDevice, read_device, read_devices
from parsers.reader import read_facts
from parsers.template import template_path
from parsers.text import clean
from parsers.time_limit import Budget, TookTooLongError, can_limit, time_limit
from parsers.workers import Lost, Workers
from tests.parsers.test_reader import demo_captures

NEEDS_TIMER = pytest.mark.skipif(not can_limit(), reason="this system has no timer for it")
PLATFORMS = ("h3c_comware7", "huawei_vrp5", "huawei_vrp8", "inspur_inos_cn")
SLOW = "Value Required A (x)\n\nStart\n  ^(\\S+\\s*)+never$$\n  ^${A} -> Record\n  ^. -> Error\n"
"""Tries every way to cut a line into words and blanks."""


def printed(platform: str) -> Printed:
    return Printed(platform=platform, captures=tuple(demo_captures(platform)))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_facts_survive_the_way_from_one_process_to_another(platform: str) -> None:
    read = read_device(printed(platform))
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301 - our own bytes


@pytest.fixture
def pooled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two devices are many."""
    monkeypatch.setattr(parsers.guarded, "POOL_FROM", 2)


@NEEDS_TIMER
def test_few_devices_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsers.guarded, "Workers", None)
    devices = [printed(platform) for platform in PLATFORMS]
    found = list(read_devices(iter(devices), len(devices), budget=Budget()))
    assert found == [(each, read_device(each)) for each in devices]


def test_the_lines_of_every_capture_are_kept() -> None:
    whole = printed("huawei_vrp8")
    again = tuple(replace(c, raw=b"other\n") for c in whole.captures if c.command == "display version")
    assert len(again) == 1
    platform, captures = platforms()["huawei_vrp8"], (*whole.captures, *again)
    read = read_device(replace(whole, captures=captures))
    assert read.lines == {c.sha256: clean(c.raw, c.command, platform.prompt) for c in captures}
    assert read.lines[again[0].sha256] == ("other",)


@pytest.mark.usefixtures("pooled")
def test_devices_read_in_other_processes_are_those_read_here() -> None:
    devices = [printed(platform) for platform in PLATFORMS]
    found = list(read_devices(iter(devices), len(devices), budget=Budget()))
    assert [each for each, _ in found] == devices
    assert [read for _, read in found] == [read_device(each) for each in devices]


@pytest.mark.usefixtures("pooled")
def test_a_device_whose_process_ends_is_unknown_for_that_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(Workers[Printed, ReadDevice]):
        def results(self, jobs: "Iterator[Printed]") -> Iterator[tuple[Printed, ReadDevice | Lost]]:  # type: ignore[override]
            for number, job in enumerate(jobs):
                yield job, read_device(job) if number else Lost("the process was ended (signal 9)")

    monkeypatch.setattr(parsers.guarded, "Workers", Killed)
    first, second = printed("huawei_vrp8"), printed("huawei_vrp5")
    (_, lost), (_, read) = read_devices(iter([first, second]), 2, budget=Budget())
    assert read == read_device(second)
    assert lost.lines == {}
    before = read_device(first).facts
    for name in FACT_NAMES:
        fact, was = getattr(lost.facts, name), getattr(before, name)
        assert isinstance(fact, Unknown), name
        if isinstance(was, Unknown) and was.reason is not Reason.UNPARSED:
            assert fact.reason is was.reason
        else:
            assert fact.reason is Reason.UNPARSED
            assert fact.detail == "reading the device: the process was ended (signal 9)"
            assert fact.sources


@pytest.fixture
def slow_clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A template that never ends, for the command that says a VRP8 device's version."""
    slow = tmp_path / "slow.textfsm"
    slow.write_text(SLOW)
    command = "display version"

    def found(platform: object, asked: str) -> str | None:
        return str(slow) if asked == command else template_path(platform, asked)  # type: ignore[arg-type]

    monkeypatch.setattr("parsers.reader.template_path", found)
    return command


@NEEDS_TIMER
def test_an_output_that_takes_too_long_costs_the_facts_that_rest_on_it(slow_clock: str) -> None:
    platform = platforms()["huawei_vrp8"]
    captures = demo_captures("huawei_vrp8")
    begun = time.process_time()
    facts = read_facts(platform, captures, budget=Budget(output_s=0.5))
    taken = time.process_time() - begun
    resting = {
        name for name in FACT_NAMES for step in platform.facts.get(name, ()) if slow_clock in step.any_of
    }
    assert resting
    late = {
        name
        for name in FACT_NAMES
        if isinstance(fact := getattr(facts, name), Unknown) and "not read within" in fact.detail
    }
    assert late
    assert late <= resting
    for name in late:
        fact = getattr(facts, name)
        assert fact.reason is Reason.UNPARSED
        assert fact.detail == "display version: not read within 0.5 s of processor time"
        assert slow_clock in {seen.command for seen in fact.sources}
    assert taken < 0.5 + 20, "nobody waits for it a second time"


@NEEDS_TIMER
def test_what_is_left_of_a_device_is_still_read(slow_clock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    platform, captures = platforms()["huawei_vrp8"], demo_captures("huawei_vrp8")
    facts = read_facts(platform, captures, budget=Budget(output_s=0.5))
    monkeypatch.undo()
    whole = read_facts(platform, captures)
    changed = {name for name in FACT_NAMES if getattr(facts, name) != getattr(whole, name)}
    resting = {n for n in FACT_NAMES for step in platform.facts.get(n, ()) if slow_clock in step.any_of}
    assert changed
    assert changed <= resting
    assert sum(isinstance(getattr(facts, name), Known) for name in FACT_NAMES) > 20


@NEEDS_TIMER
def test_the_limit_ends_an_expression_and_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(TookTooLongError), time_limit(0.2):
        re.match(r"(a+)+b", "a" * 64)
    assert signal.getsignal(signal.SIGVTALRM) is before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    with time_limit(0.2):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_other_threads_read_without_a_limit() -> None:
    found: list[bool] = []

    def read() -> None:
        with time_limit(0.000_001):
            found.append(can_limit())

    thread = Thread(target=read)
    thread.start()
    thread.join(30)
    assert found == [False]

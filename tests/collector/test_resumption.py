"""What is missing in a run, and what a resumption does to its folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from collector.asking import unanswered
from collector.capture import CaptureStatus
from collector.errors import RunBusyError, RunFolderError
from collector.platform import Step
from collector.resumption import kept, missing
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.run_record import DeviceOutcome, OutcomeReason, Resumption, RunState
from collector.visit import Kept
from tests.collector.lab import AUTHORIZATION, Lab, lab, now, switch

OK, REFUSED, CUT = CaptureStatus.OK, CaptureStatus.REFUSED, CaptureStatus.CUT
DENIED, LATE = CaptureStatus.NO_PRIVILEGE, CaptureStatus.TIMED_OUT


@pytest.mark.parametrize(
    ("alternatives", "answered", "left"),
    [
        ("a", {}, "a"),
        ("a", {"a": OK}, ""),
        ("a", {"a": REFUSED}, ""),
        ("a", {"a": DENIED}, ""),
        ("a", {"a": CUT}, "a"),
        ("a", {"a": LATE}, "a"),
        ("ab", {}, "ab"),
        ("ab", {"a": OK}, ""),
        ("ab", {"a": REFUSED}, "b"),
        ("ab", {"a": REFUSED, "b": OK}, ""),
        ("ab", {"a": REFUSED, "b": CUT}, "b"),
        ("ab", {"a": REFUSED, "b": DENIED}, ""),
        ("ab", {"a": LATE}, "ab"),
        ("ab", {"b": OK}, "ab"),
    ],
)
def test_what_of_a_step_is_still_to_be_asked(
    alternatives: str, answered: Mapping[str, CaptureStatus], left: str
) -> None:
    def commands(letters: str) -> tuple[str, ...]:
        return tuple(f"display {letter}" for letter in letters)

    step = Step(any_of=commands(alternatives), optional=True)
    rest = unanswered([step], {f"display {name}": status for name, status in answered.items()})
    assert rest == ((Step(any_of=commands(left), optional=True),) if left else ())


def resumption(**what: Any) -> Resumption:
    given = {"at": now(), "by": "somebody", "devices": ("sw-1",), "interrupted": "用户中断"}
    return Resumption(authorization=AUTHORIZATION, **{**given, **what})


def collected(where: Lab) -> RunFolder:
    folder = where.folder()
    where.run(folder)
    return folder


def test_a_resumption_is_the_only_way_back_and_leaves_a_record(tmp_path: Path) -> None:
    with lab(tmp_path, switch()) as where:
        folder = collected(where)
    folder.advance(RunState.REPORTED)
    plan = (folder.path / "plan.json").read_bytes()
    with pytest.raises(RunFolderError, match="cannot go back"):
        folder.advance(RunState.COLLECTING)
    first, second = resumption(), resumption(interrupted="", devices=("sw-1", "sw-2"))
    for each in (first, second):
        folder.resume(each)
        assert folder.state is RunState.COLLECTING
        assert "被终止" in folder.interrupted, "until it ends, it may have been killed"
        folder.advance(RunState.COLLECTED)
        assert folder.interrupted == ""
    assert folder.resumptions() == ((first, second), ())
    assert (folder.path / "resumed.jsonl").stat().st_mode & 0o777 == 0o600
    assert (folder.path / "plan.json").read_bytes() == plan


def test_a_torn_record_of_a_resumption_is_told(tmp_path: Path) -> None:
    with lab(tmp_path, switch()) as where:
        folder = collected(where)
    folder.resume(resumption())
    with (folder.path / "resumed.jsonl").open("a") as file:
        file.write('{"at": "2026-')
    records, damage = folder.resumptions()
    assert len(records) == 1
    assert [d.file for d in damage] == ["resumed.jsonl"]


def test_a_damaged_capture_is_missing_and_nothing_else(tmp_path: Path) -> None:
    with lab(tmp_path, switch()) as where:
        folder = collected(where)
        assert missing(folder) == ()
        spoilt = folder.path / "captures" / "sw-1" / "display_device.txt"
        spoilt.write_bytes(spoilt.read_bytes() + b"!")
        (rest,) = missing(folder)
        assert (rest.device, rest.commands) == ("sw-1", 1)
        folder.resume(resumption())
        where.run(folder, kept=kept(folder))
        assert missing(folder) == ()
    lines = [line for line in where.simulator.devices["sw-1"].sessions[-1].lines if line]
    assert lines == ["display version", "screen-length 0 temporary", "display device"]


@pytest.mark.parametrize(
    ("later", "reached", "platform", "detail"),
    [
        ({"reached": True, "platform": "huawei_vrp8", "detail": ""}, True, "huawei_vrp8", ""),
        (
            {"reached": False, "platform": None, "detail": "拒绝连接"},
            True,
            "huawei_vrp8",
            "续采未成：拒绝连接",
        ),
    ],
)
def test_a_device_once_reached_stays_reached(
    tmp_path: Path, later: dict[str, Any], platform: str, detail: str, *, reached: bool
) -> None:
    with lab(tmp_path, switch()) as where:
        folder = where.folder()
    begun = now()
    before = DeviceOutcome(
        device="sw-1",
        reached=True,
        platform="huawei_vrp8",
        reason=OutcomeReason.CUT,
        detail="断开",
        started_at=begun,
        ended_at=now(),
    )
    folder.add_outcome(before)
    after = DeviceOutcome(
        device="sw-1", reason=OutcomeReason.UNREACHABLE, started_at=now(), ended_at=now(), **later
    )
    folder.add_outcome(after)
    (outcome,), damage = folder.outcomes()
    assert damage == ()
    assert (outcome.reached, outcome.platform, outcome.detail) == (reached, platform, detail)
    assert outcome.reason is OutcomeReason.UNREACHABLE
    assert (outcome.started_at, outcome.ended_at) == (begun, after.ended_at)


def test_another_platform_than_before_is_not_asked(tmp_path: Path) -> None:
    device = switch("huawei_vrp8")
    with lab(tmp_path, device) as where:
        outcome = where.only_outcome(kept={"sw-1": Kept("h3c_comware7", {})})
    assert outcome.reason is OutcomeReason.UNSUPPORTED
    assert "先前识别为 h3c_comware7，续采时识别为 huawei_vrp8" in outcome.detail
    assert device.lines == ["display version"]


def test_a_run_has_one_worker_at_a_time(tmp_path: Path) -> None:
    said = r"is being worked on by process \d+, since 20"
    with (
        run_lock(tmp_path, now=now()),
        pytest.raises(RunBusyError, match=said),
        run_lock(tmp_path, now=now()),
    ):
        pass
    with run_lock(tmp_path, now=now()):
        pass

"""What a visit asks and in which order, with a conversation that follows a script."""

import threading
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import cast

import pytest

from collector.capture import Capture, CaptureStatus
from collector.errors import SessionCutError, SessionTimedOutError, StoppedError
from collector.events import CommandDone, Event
from collector.host_keys import HostKeyRules
from collector.inventory import Device
from collector.jump_hosts import JumpHosts
from collector.platform import Platform, Step, platforms
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.session import Session
from collector.visit import Job, Limits, _ask_everything, steps_for
from tests.collector.lab import now, plan_for

DEVICE = Device(name="sw-1", host="192.0.2.1", credential="c")
PLATFORM = platforms()["huawei_vrp8"].model_copy(
    update={
        "facts": {
            "identity": (Step(any_of=("display version",)),),
            "cpu": (Step(any_of=("display cpu", "display cpu-usage")),),
            "clock": (Step(any_of=("display clock",)),),
            "memory": (Step(any_of=("display cpu-usage",)), Step(any_of=("display memory",), optional=True)),
        }
    }
)


class ScriptedSession:
    """Answers as told; a command that slips is one before which late bytes came."""

    def __init__(self, statuses: dict[str, CaptureStatus], slips: tuple[str, ...] = ()) -> None:
        self.statuses = statuses
        self.slips = list(slips)
        self.slipped = False
        self.asked: list[str] = []
        self.wire = SimpleNamespace(guard=None)
        self.stop = threading.Event()
        self.awake = True

    def ask(self, command: str, limit_s: float, platform: Platform | None = None) -> Capture:
        self.asked.append(command)
        self.slipped = command in self.slips
        if self.slipped:
            self.slips.remove(command)
        return Capture(
            device="sw-1",
            command=command,
            status=self.statuses.get(command, CaptureStatus.OK),
            raw=f"{command} {self.asked.count(command)}".encode(),
            started_at=now(),
            elapsed_s=0.0,
        )

    def resync(self, tail: bytes) -> bool:
        return self.awake


def visited(
    tmp_path: Path,
    session: ScriptedSession,
    facts: tuple[str, ...] = ("cpu", "clock"),
    *,
    limits: Limits | None = None,
    platform: Platform = PLATFORM,
    profile: ProfileName = ProfileName.NORMAL,
    deadline: float = float("inf"),
) -> tuple[RunFolder, list[Event]]:
    events: list[Event] = []
    plan = plan_for((DEVICE,)).model_copy(update={"facts": facts, "profile": profile})
    folder = RunFolder.create(tmp_path, plan)
    job = Job(
        plan=plan,
        folder=folder,
        host_keys=HostKeyRules(),
        limits=limits or Limits(),
        run_deadline=float("inf"),
        now=now,
        stop=session.stop,
        emit=events.append,
        jump_hosts=cast("JumpHosts", None),
    )
    _ask_everything(cast("Session", session), platform, DEVICE, job, deadline)
    return folder, events


def test_paging_goes_off_first_and_identify_comes_next(tmp_path: Path) -> None:
    session = ScriptedSession({})
    visited(tmp_path, session)
    assert session.asked == ["screen-length 0 temporary", "display version", "display cpu", "display clock"]
    assert session.wire.guard.allowed == PLATFORM.allowed


@pytest.mark.parametrize("status", [CaptureStatus.REFUSED, CaptureStatus.NO_PRIVILEGE])
def test_what_two_facts_need_is_asked_once(tmp_path: Path, status: CaptureStatus) -> None:
    session = ScriptedSession({"display cpu": status})
    _, events = visited(tmp_path, session, ("cpu", "memory"))
    assert session.asked[2:] == ["display cpu", "display cpu-usage", "display memory"]
    done = [(event.command, event.done) for event in events if isinstance(event, CommandDone)]
    assert done == [
        ("display version", 1),
        ("display cpu", 2),
        ("display cpu-usage", 2),
        ("display memory", 4),
    ]


def test_a_doubtful_answer_is_asked_for_again(tmp_path: Path) -> None:
    session = ScriptedSession({}, slips=("display clock",))
    folder, _ = visited(tmp_path, session)
    assert session.asked[1:] == ["display version", "display cpu", "display clock", "display cpu"]
    stored = {entry.capture.command: entry.capture.raw for entry in folder.captures()[0]}
    assert stored == {
        "display version": b"display version 1",
        "display cpu": b"display cpu 2",
        "display clock": b"display clock 1",
    }


@pytest.mark.parametrize("awake", [True, False])
def test_a_timeout_ends_the_visit_unless_the_device_comes_back(tmp_path: Path, awake: bool) -> None:
    session = ScriptedSession({"display cpu": CaptureStatus.TIMED_OUT})
    session.awake = awake
    if awake:
        visited(tmp_path, session)
        assert session.asked[-1] == "display clock"
        return
    with pytest.raises(SessionTimedOutError, match=r"display cpu：.*之后设备不再响应，其余 1 项未采集"):
        visited(tmp_path, session)
    assert session.asked[-1] == "display cpu"


def test_a_cut_ends_the_visit(tmp_path: Path) -> None:
    session = ScriptedSession({"display version": CaptureStatus.CUT})
    with pytest.raises(SessionCutError, match="其余 2 项未采集"):
        visited(tmp_path, session)


def test_a_stop_ends_the_visit(tmp_path: Path) -> None:
    session = ScriptedSession({})
    session.stop.set()
    with pytest.raises(StoppedError):
        visited(tmp_path, session)
    assert session.asked == ["screen-length 0 temporary"]


def test_identify_is_asked_whatever_is_needed() -> None:
    assert [step.any_of for step in steps_for(PLATFORM, ())] == [("display version",)]
    assert [step.any_of for step in steps_for(PLATFORM, ("identity", "no_such_fact"))] == [
        ("display version",)
    ]


# --- counters, asked twice ------------------------------------------------------------------------

COUNTING = PLATFORM.model_copy(update={"counters": {"clock": ("display clock",)}})
GAP = Limits(sample_gap_s=0.2)


def test_what_holds_counters_is_asked_first_and_last_with_time_between(tmp_path: Path) -> None:
    session = ScriptedSession({})
    folder, events = visited(tmp_path, session, limits=GAP, platform=COUNTING)
    assert session.asked[1:] == ["display clock", "display version", "display cpu", "display clock"]
    stored = folder.load([r for records in folder.index([]).values() for r in records], [])
    assert {s.capture.command: s.capture.raw for s in stored}["display clock"] == b"display clock 2"
    (record,) = folder.earlier()["sw-1"]
    (before,) = folder.load([record], [])
    assert before.capture.earlier
    assert before.capture.raw == b"display clock 1"
    (after,) = (s for s in stored if s.capture.command == "display clock")
    assert (after.capture.started_at - before.capture.started_at).total_seconds() >= 0.2
    done = [event.done for event in events if isinstance(event, CommandDone)]
    assert done == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("limits", "profile"), [(Limits(), ProfileName.NORMAL), (GAP, ProfileName.LIGHT)], ids=["no gap", "light"]
)
def test_without_a_gap_and_in_the_light_profile_nothing_is_asked_twice(
    tmp_path: Path, limits: Limits, profile: ProfileName
) -> None:
    session = ScriptedSession({})
    folder, _ = visited(tmp_path, session, limits=limits, platform=COUNTING, profile=profile)
    assert session.asked.count("display clock") == 1
    assert folder.earlier() == {}


def test_the_wait_ends_with_the_time_of_the_device(tmp_path: Path) -> None:
    session, begun = ScriptedSession({}), monotonic()
    visited(tmp_path, session, limits=Limits(sample_gap_s=600), platform=COUNTING, deadline=begun)
    assert session.asked[-1] == "display clock"
    assert monotonic() - begun < 60


def test_what_was_asked_earlier_stands_in_where_the_session_is_cut_before_the_later_answer(
    tmp_path: Path,
) -> None:
    session = ScriptedSession({"display cpu": CaptureStatus.CUT})
    with pytest.raises(SessionCutError, match="其余 1 项未采集"):
        visited(tmp_path, session, limits=GAP, platform=COUNTING)
    (path,) = (tmp_path / "runs").iterdir()
    folder = RunFolder.open(path)
    stored = folder.load([r for records in folder.index([]).values() for r in records], [])
    assert "display clock" in {s.capture.command for s in stored}
    assert folder.earlier() == {}, "there is nothing to compare it with"

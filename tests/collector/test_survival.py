"""Everything a thousand devices do to a run: each costs its own device, says why, and spoils nothing else.

`SITE` is one site in which everything goes wrong at once, over real SSH; `ELSEWHERE` names the tests of
what needs a run of its own.
"""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from collector import session as conversation
from collector.allowlist import Guard
from collector.capture import Capture, CaptureStatus
from collector.collect import collect
from collector.credentials import Login, Secret
from collector.platform import Step, platforms
from collector.run_folder import RunFolder
from collector.run_record import DeviceOutcome, OutcomeReason, RunState
from collector.session import Session, SessionLimits
from collector.simulator.device import SimulatedDevice
from collector.simulator.faults import CommandFaults, Faults
from collector.wire import Wire
from tests.collector.lab import LIMITS, PASSWORD, USER, lab, now, switch, within

OK, REFUSED, NO_PRIVILEGE = CaptureStatus.OK, CaptureStatus.REFUSED, CaptureStatus.NO_PRIVILEGE
TIMED_OUT, CUT = CaptureStatus.TIMED_OUT, CaptureStatus.CUT
MIDDLE = "display device"
"""Asked after `display version` and before others."""
CAP_BYTES = 6_000_000


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one device, and what must come of it."""

    device: Faults = field(default_factory=Faults)
    middle: CommandFaults | None = None
    """What is wrong with the answer to MIDDLE alone."""
    platform: str = "huawei_vrp8"
    reason: OutcomeReason | None = None
    reached: bool = True
    said: str = ""
    """In the outcome's detail."""
    status: CaptureStatus | None = OK
    """Of MIDDLE; None: it was not asked."""
    kept: Callable[[bytes], bool] = lambda raw: raw.count(b"line ") == 10
    """True of what is kept of MIDDLE."""


def garbage(raw: bytes) -> bool:
    return random.Random(3000).randbytes(3000) in raw


def out_of_the_past(raw: bytes) -> bool:
    shown = datetime.strptime(raw.split(b"\r\n")[1].decode(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    return timedelta(days=299) < now() - shown < timedelta(days=301)


UNREACHABLE, LOGIN_FAILED = OutcomeReason.UNREACHABLE, OutcomeReason.LOGIN_FAILED
NOTHING: dict[str, Any] = {"reached": False, "status": None}

SITE: dict[str, Fault] = {
    "healthy": Fault(),
    "port closed": Fault(
        device=Faults(closed_port=True), reason=UNREACHABLE, said="拒绝连接：端口未开放", **NOTHING
    ),
    "says no word": Fault(
        device=Faults(hung=True), reason=UNREACHABLE, said="没有完整的 SSH 应答", **NOTHING
    ),
    "name does not resolve": Fault(
        device=Faults(closed_port=True), reason=UNREACHABLE, said="不是可解析的地址", **NOTHING
    ),
    "login refused": Fault(
        device=Faults(refused_login=True), reason=LOGIN_FAILED, said="拒绝了用户名或密码", **NOTHING
    ),
    "host key changed": Fault(
        device=Faults(changed_host_key=True), reason=LOGIN_FAILED, said="主机密钥变了", **NOTHING
    ),
    "banner of 500 lines": Fault(device=Faults(banner_lines=500)),
    "no prompt": Fault(
        device=Faults(no_prompt=True),
        reason=OutcomeReason.TIMED_OUT,
        said="没有出现可识别的提示符",
        **NOTHING,
    ),
    "password expires": Fault(device=Faults(password_change=True), platform="huawei_vrp5"),
    "password must be changed": Fault(
        device=Faults(password_change=True),
        platform="h3c_comware7",
        reason=LOGIN_FAILED,
        said="要求人工应答",
        **NOTHING,
    ),
    "pager stays on": Fault(device=Faults(stuck_pager=True)),
    "slow prompts": Fault(device=Faults(prompt_delay_s=0.05)),
    "prompt changes": Fault(
        middle=CommandFaults(rename="other"),
        reason=OutcomeReason.TIMED_OUT,
        said="之后设备不再响应",
        status=TIMED_OUT,
    ),
    "command refused": Fault(
        middle=CommandFaults(refused=True), status=REFUSED, kept=lambda raw: b"Unrecognized" in raw
    ),
    "no privilege": Fault(
        middle=CommandFaults(no_privilege=True), status=NO_PRIVILEGE, kept=lambda raw: b"permission" in raw
    ),
    "falls silent": Fault(
        middle=CommandFaults(silent_after=0.5),
        reason=OutcomeReason.TIMED_OUT,
        said="之后设备不再响应",
        status=TIMED_OUT,
        kept=lambda raw: b"line 0" in raw and b"line 9" not in raw,
    ),
    "cut in mid-output": Fault(
        middle=CommandFaults(cut_after=0.5),
        reason=OutcomeReason.CUT,
        said="连接在输出中途断开",
        status=CUT,
        kept=lambda raw: b"line 0" in raw and b"line 9" not in raw,
    ),
    "byte garbage": Fault(middle=CommandFaults(garbage_bytes=3000), kept=garbage),
    "another encoding": Fault(middle=CommandFaults(gbk=True)),
    "log lines in between": Fault(middle=CommandFaults(syslog_every=3)),
    "endless output": Fault(
        middle=CommandFaults(endless=True),
        reason=OutcomeReason.CUT,
        said="上限",
        status=CUT,
        kept=lambda raw: CAP_BYTES < len(raw) < CAP_BYTES + 1_000_000,
    ),
    "5 MB of output": Fault(
        middle=CommandFaults(size_bytes=5_000_000), kept=lambda raw: 5_000_000 < len(raw) < 5_001_000
    ),
    "clock of the device jumps": Fault(
        middle=CommandFaults(clock_off_s=-300 * 86400.0), kept=out_of_the_past
    ),
    "healthy to the end": Fault(),
}

ELSEWHERE = {
    "wrong password": "test_collect.test_a_wrong_password_is_tried_once_and_on_one_device",
    "old algorithms only": "test_collect.test_switches_of_the_2010s_are_reached_on_request",
    "no SSH at all": "test_wire.test_strange_servers",
    "time of a device is up": "test_collect.test_a_device_has_its_time_limit",
    "time of the run is up": "test_collect.test_the_run_has_its_time_limit",
    "answer comes too late": (
        "test_collect.test_an_answer_that_comes_too_late_is_not_credited_to_the_next_command"
    ),
    "Ctrl-C": "test_killed.test_ctrl_c_in_a_process_of_its_own",
    "Ctrl-C during a login": "test_collect.test_a_stop_does_not_wait_for_logins",
    "SIGTERM": "agent.test_command_line.test_a_killed_run_keeps_what_was_collected",
    "SIGKILL": "test_killed.test_a_killed_run_can_be_read_and_its_devices_are_free",
    "disk full": (
        "agent.test_machine_faults.test_a_disk_that_takes_no_more_costs_the_device_whose_output_it_was"
    ),
    "no file descriptors": "agent.test_machine_faults.test_without_file_descriptors_no_device_is_blamed",
    "error of ours": "test_collect.test_an_error_of_ours_is_the_outcome_of_one_device",
    "threads are left": "test_wire.test_no_thread_is_left",
}


@dataclass(frozen=True)
class Collected:
    """The site after its one run."""

    outcomes: dict[str, DeviceOutcome]
    captures: dict[str, dict[str, Capture]]
    """By device and command."""
    switches: dict[str, SimulatedDevice]
    state: RunState


def made(fault: Fault, name: str) -> SimulatedDevice:
    known = platforms()[fault.platform]
    commands = {} if fault.middle is None else {MIDDLE: fault.middle}
    faults = fault.device if fault.middle is None else Faults(commands=commands)
    device = switch(known.id, name=name, faults=faults)
    if fault.middle is not None and fault.middle.clock_off_s:
        device.outputs = {**device.outputs, MIDDLE: "{{now|%Y-%m-%d %H:%M:%S}}\n"}
    return device


def by_command(folder: RunFolder) -> dict[str, dict[str, Capture]]:
    stored, damage = folder.captures()
    assert damage == ()
    found: dict[str, dict[str, Capture]] = {}
    for entry in stored:
        found.setdefault(entry.capture.device, {})[entry.capture.command] = entry.capture
    return found


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collected]:
    names = {what: f"sw-{number:02}" for number, what in enumerate(SITE)}
    switches = {what: made(fault, names[what]) for what, fault in SITE.items()}
    with (
        pytest.MonkeyPatch.context() as patch,
        lab(tmp_path_factory.mktemp("survival"), *switches.values(), timeout_s=8) as where,
    ):
        patch.setattr(conversation, "_GREETING_S", 3.0)
        patch.setattr(conversation, "_RESYNC_S", 1.0)
        unknown = names["name does not resolve"]
        where.devices = tuple(
            device.model_copy(update={"host": "no-such-switch.invalid"}) if device.name == unknown else device
            for device in where.devices
        )
        folder = where.folder()
        result = where.run(folder, limits=within(output_bytes=CAP_BYTES, device_s=40, connect_s=5))
        assert folder.outcomes() == (result.outcomes, ())
        assert result.interrupted == ""
        captures = by_command(folder)
        yield Collected(
            dict(zip(SITE, result.outcomes, strict=True)),
            {what: captures.get(name, {}) for what, name in names.items()},
            switches,
            folder.state,
        )


@pytest.mark.parametrize("what", SITE)
def test_a_fault_costs_its_own_device_and_says_why(collected: Collected, what: str) -> None:
    fault, outcome = SITE[what], collected.outcomes[what]
    assert (outcome.reached, outcome.reason) == (fault.reached, fault.reason), outcome.detail
    assert fault.said in outcome.detail
    assert (outcome.detail == "") is (fault.reason is None)
    assert outcome.ended_at is not None
    assert outcome.platform == (fault.platform if fault.reached else None)


@pytest.mark.parametrize("what", SITE)
def test_what_was_collected_of_it_is_kept(collected: Collected, what: str) -> None:
    fault, captures = SITE[what], collected.captures[what]
    if fault.status is None:
        assert captures == {}
        return
    assert captures["display version"].status is OK
    assert captures[MIDDLE].status is fault.status
    assert fault.kept(captures[MIDDLE].raw)
    others = [capture for command, capture in captures.items() if command != MIDDLE]
    assert {capture.status for capture in others} == {OK}
    assert all(capture.raw.startswith(capture.command.encode()) for capture in others)
    planned = {c for step in platforms()[fault.platform].facts["cpu"] for c in step.any_of[:1]}
    assert (fault.reason is not None) or planned <= captures.keys(), "the rest was asked"


@pytest.mark.parametrize("what", SITE)
def test_nothing_but_the_allowed_was_sent_to_it(collected: Collected, what: str) -> None:
    device = collected.switches[what]
    assert device.beyond_allowed() == ()
    assert len(device.logins) <= 1
    assert {a for session in device.sessions for a in session.answers} <= {"N"}


def test_the_run_itself_is_whole(collected: Collected) -> None:
    assert collected.state is RunState.COLLECTED


@pytest.mark.parametrize("what", ELSEWHERE)
def test_what_is_tested_elsewhere_really_is(what: str) -> None:
    module, _, name = ELSEWHERE[what].rpartition(".")
    where = module if module.startswith("agent.") else f"collector.{module}"
    assert callable(getattr(import_module(f"tests.{where}"), name))


def test_our_own_clock_may_jump(tmp_path: Path) -> None:
    """Times are recorded as the clock gave them; how long things took is measured by another."""
    given = [datetime(2026, 3, 1, tzinfo=UTC)]
    jumps = random.Random(7)

    def jumping() -> datetime:
        given.append(given[-1] + timedelta(hours=jumps.uniform(-30, 30)))
        return given[-1]

    with lab(tmp_path, switch(name="sw-1"), switch(name="sw-2")) as where:
        folder = where.folder()
        logins = {"c": Login(USER, Secret(PASSWORD))}
        result = collect(folder.plan, folder, logins, now=jumping, host_keys=where.rules, limits=LIMITS)
    assert [(o.reached, o.reason) for o in result.outcomes] == [(True, None)] * 2
    assert folder.outcomes() == (result.outcomes, ())
    captures = [capture for each in by_command(folder).values() for capture in each.values()]
    assert {capture.status for capture in captures} == {OK}
    assert all(capture.elapsed_s is not None and 0 <= capture.elapsed_s < 20 for capture in captures)
    assert {capture.started_at for capture in captures} <= set(given)


DIAGNOSTIC = "display diagnostic-information"


def test_no_platform_asks_for_what_could_write_to_flash() -> None:
    sent = {line for platform in platforms().values() for line in platform.allowed}
    assert {line for line in sent if "diagnostic" in line or "tech" in line} == {
        # The results of self-tests. Without its last word, a switch that has none could take the first for
        # the command that writes.
        "display diagnostic result verbose",
        "show diagnostic result module all",
    }


@pytest.mark.parametrize("platform", ["h3c_comware5", "h3c_comware7"])
def test_the_question_whether_to_write_to_flash_is_never_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    """Even where a platform had the command: nothing is typed in reply, and the session ends."""
    monkeypatch.setattr(conversation, "_RESYNC_S", 1.0)
    device = switch(platform)
    reckless = device.platform.model_copy(
        update={"facts": {**device.platform.facts, "cpu": (Step.model_construct(any_of=(DIAGNOSTIC,)),)}}
    )
    device.platform = reckless
    with (
        lab(tmp_path, device) as where,
        Wire(
            *where.simulator.address("sw-1"),
            Login(USER, Secret(PASSWORD)),
            guard=Guard(reckless),
            rules=where.rules,
            connect_s=3,
            stop=threading.Event(),
        ) as wire,
    ):
        session = Session(wire, "sw-1", limits=SessionLimits(), now=now, stop=threading.Event())
        session.greet([reckless.prompt])
        capture = session.ask(DIAGNOSTIC, 1, reckless)
        assert not session.resync(capture.raw)
    assert (capture.status, b"[Y/N]:" in capture.raw) == (TIMED_OUT, True)
    (record,) = device.sessions
    assert bytes(record.received) == DIAGNOSTIC.encode() + b"\n"
    assert (record.answers, record.keys, record.unfinished) == ([], [], "")

"""Collecting from real SSH servers: what is stored, what is sent, how each device ends."""

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from collector.capture import Capture, CaptureStatus
from collector.collect import collect, plan_commands
from collector.errors import AuthorizationError, CredentialError
from collector.events import CommandDone, DeviceDone, DeviceRecognised, LoginEnded, Mailbox
from collector.platform import platforms
from collector.run_folder import RunFolder
from collector.run_record import OutcomeReason, RunState
from collector.simulator.faults import EVERY, CommandFaults, Faults
from collector.simulator.record import Login
from parsers.text import clean
from tests.collector.lab import (
    AUTHORIZATION,
    PASSWORD,
    USER,
    VERSIONS,
    Lab,
    faulty,
    lab,
    now,
    switch,
    within,
)

CPU = {
    "h3c_comware5": "display cpu-usage",
    "h3c_comware7": "display cpu-usage",
    "huawei_vrp5": "display cpu-usage",
    "huawei_vrp8": "display cpu",
    "inspur_inos6": "show cpu utilization",
    "inspur_inos_cn": "show system resources",
}


def captures(folder: RunFolder) -> dict[str, Capture]:
    stored, damage = folder.captures()
    assert damage == ()
    return {entry.capture.command: entry.capture for entry in stored}


def collected(where: Lab, **how: Any) -> dict[str, Capture]:
    folder = where.folder()
    where.run(folder, **how)
    return captures(folder)


@pytest.mark.parametrize("platform", sorted(VERSIONS))
@pytest.mark.parametrize("configured", ["auto", "itself"])
def test_every_platform_is_recognised_and_collected(tmp_path: Path, platform: str, configured: str) -> None:
    device = switch(platform)
    with lab(tmp_path, device, platform=platform if configured == "itself" else "auto") as where:
        folder = where.folder()
        result = where.run(folder)
    (outcome,) = result.outcomes
    assert (outcome.reached, outcome.platform, outcome.reason) == (True, platform, None)
    assert (result.interrupted, folder.state, folder.interrupted) == ("", RunState.COLLECTED, "")
    got = captures(folder)
    assert {capture.status for capture in got.values()} == {CaptureStatus.OK}
    assert CPU[platform] in got
    for command, capture in got.items():
        lines = clean(capture.raw, command, platforms()[platform].prompt)
        assert "\n".join(lines) == device.outputs[command].rstrip("\n")
        assert capture.raw.startswith(command.encode() + b"\r\n")
    assert device.logins == [Login(USER, accepted=True)]
    assert set(device.lines) <= platforms()[platform].allowed


def test_the_device_is_asked_no_more_than_planned(tmp_path: Path) -> None:
    device = switch("h3c_comware7")
    with lab(tmp_path, device) as where:
        where.run()
    known = platforms()["h3c_comware7"]
    assert set(device.lines) <= {*plan_commands(known, ("cpu",)), *known.no_paging}


def test_events_tell_the_whole_course(tmp_path: Path) -> None:
    with lab(tmp_path, switch()) as where:
        where.run()
    kinds = [type(event) for event in where.events]
    assert kinds[:2] == [LoginEnded, DeviceRecognised]
    assert set(kinds[2:-1]) == {CommandDone}
    assert kinds[-1] is DeviceDone
    recognised = next(event for event in where.events if isinstance(event, DeviceRecognised))
    dones = [event.done for event in where.events if isinstance(event, CommandDone)]
    assert dones[-1] == recognised.commands
    assert dones == sorted(dones)


def test_an_alternative_is_asked_only_when_the_first_is_refused(tmp_path: Path) -> None:
    old = {"display cpu": CommandFaults(refused=True)}
    with lab(tmp_path, switch(name="sw-old", faults=Faults(commands=old)), switch(name="sw-new")) as where:
        folder = where.folder()
        where.run(folder)
    per_device = {
        (entry.capture.device, entry.capture.command): entry.capture.status for entry in folder.captures()[0]
    }
    assert per_device["sw-old", "display cpu"] is CaptureStatus.REFUSED
    assert per_device["sw-old", "display cpu-usage"] is CaptureStatus.OK
    assert per_device["sw-new", "display cpu"] is CaptureStatus.OK
    assert ("sw-new", "display cpu-usage") not in per_device


# --- logins ---------------------------------------------------------------------------------------


def test_a_wrong_password_is_tried_once_and_on_one_device(tmp_path: Path) -> None:
    switches = [switch(name=f"sw-{number}") for number in range(1, 5)]
    with lab(tmp_path, *switches) as where:
        first, *others = where.run(password="not-this").outcomes
    assert (first.reached, first.reason) == (False, OutcomeReason.LOGIN_FAILED)
    assert "拒绝了用户名或密码" in first.detail
    for outcome in others:
        assert outcome.reason is OutcomeReason.LOGIN_FAILED
        assert "在 sw-1 上被拒绝" in outcome.detail
    assert [len(device.logins) for device in switches] == [1, 0, 0, 0]


def test_the_first_login_is_alone_and_the_next_tries_when_it_says_nothing(tmp_path: Path) -> None:
    switches = [
        switch(name="sw-1", faults=Faults(closed_port=True)),
        switch(name="sw-2", faults=Faults(refused_login=True)),
        switch(name="sw-3"),
    ]
    with lab(tmp_path, *switches) as where:
        reasons = [outcome.reason for outcome in where.run().outcomes]
    assert reasons == [OutcomeReason.UNREACHABLE, OutcomeReason.LOGIN_FAILED, OutcomeReason.LOGIN_FAILED]
    assert [len(device.logins) for device in switches] == [0, 1, 0]


def test_another_credential_is_not_held_back(tmp_path: Path) -> None:
    switches = [switch(name="sw-1", faults=Faults(refused_login=True)), switch(name="sw-2")]
    with lab(tmp_path, *switches) as where:
        where.devices = (where.devices[0], where.devices[1].model_copy(update={"credential": "other"}))
        first, second = where.run().outcomes
    assert first.reason is OutcomeReason.LOGIN_FAILED
    assert second.reason is None


def test_after_the_first_login_a_refusal_concerns_one_device_only(tmp_path: Path) -> None:
    switches = [switch(name=f"sw-{n}") for n in (1, 2, 3)]
    switches[1].faults = Faults(refused_login=True)
    with lab(tmp_path, *switches) as where:
        reasons = [outcome.reason for outcome in where.run().outcomes]
    assert reasons == [None, OutcomeReason.LOGIN_FAILED, None]


def test_nothing_listens(tmp_path: Path) -> None:
    with lab(tmp_path, faulty(closed_port=True)) as where:
        outcome = where.only_outcome()
    assert (outcome.reached, outcome.reason) == (False, OutcomeReason.UNREACHABLE)
    assert "拒绝连接" in outcome.detail


def test_switches_of_the_2010s_are_reached_on_request(tmp_path: Path) -> None:
    with lab(tmp_path, faulty(legacy_ssh=True), legacy=True) as where:
        assert where.only_outcome().reason is None


@pytest.mark.parametrize("platform", ["huawei_vrp5", "huawei_vrp8"])
def test_a_password_change_is_declined(tmp_path: Path, platform: str) -> None:
    device = faulty(platform, password_change=True)
    with lab(tmp_path, device) as where:
        assert where.only_outcome().reason is None
    assert [answer for session in device.sessions for answer in session.answers] == ["N"]


def test_a_password_change_that_cannot_be_declined_is_left_to_people(tmp_path: Path) -> None:
    device = faulty("h3c_comware7", password_change=True)
    with lab(tmp_path, device) as where:
        outcome = where.only_outcome()
    assert outcome.reason is OutcomeReason.LOGIN_FAILED
    assert "要求人工应答" in outcome.detail
    assert "old password:" in outcome.detail
    assert device.record == [b""]


def test_a_long_banner_and_slow_prompts(tmp_path: Path) -> None:
    with lab(tmp_path, faulty(banner_lines=200, prompt_delay_s=0.05)) as where:
        assert where.only_outcome().reason is None


# --- platforms ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Cisco Nexus Operating System (NX-OS) Software\nversion 9.3(5)\n", "暂不支持的平台：思科 NX-OS"),
        ("Inspur S6550 Software, Version 3.60.398\n", "暂不支持的平台：浪潮交换机（其他系列）"),
        ("Inspur SONiC.4.0\n", "暂不支持的平台：浪潮交换机（其他系列）"),
        ("Some OS 1.0\n", "无法识别的平台，设备自述：Some OS 1.0"),
    ],
)
def test_other_families_are_named_and_left_alone(tmp_path: Path, said: str, expected: str) -> None:
    device = switch("inspur_inos_cn", outputs={"show version": said})
    with lab(tmp_path, device) as where:
        outcome = where.only_outcome()
    assert (outcome.reached, outcome.platform, outcome.reason) == (False, None, OutcomeReason.UNSUPPORTED)
    assert expected in outcome.detail
    assert device.lines == ["show version"]


def test_a_device_that_is_not_what_the_inventory_says_is_left_alone(tmp_path: Path) -> None:
    device = switch("huawei_vrp8")
    with lab(tmp_path, device, platform="huawei_vrp5") as where:
        outcome = where.only_outcome()
    assert (outcome.reached, outcome.reason) == (False, OutcomeReason.UNSUPPORTED)
    assert "清单中写的平台是 huawei_vrp5，设备自述为 huawei_vrp8" in outcome.detail
    assert device.lines == ["display version"]


# --- outputs that go wrong ------------------------------------------------------------------------


def with_fault(command: str = "display cpu", **what: Any) -> Faults:
    return Faults(commands={command: CommandFaults(**what)})


def test_bytes_are_kept_whatever_they_are(tmp_path: Path) -> None:
    text = "端口说明：上联核心\n" * 200
    device = switch(faults=with_fault(gbk=True))
    device.outputs = {**device.outputs, "display cpu": text}
    with lab(tmp_path, device) as where:
        capture = collected(where)["display cpu"]
    expected = b"display cpu\r\n" + text.replace("\n", "\r\n").encode("gb18030") + b"<sw-1>"
    assert capture.raw == expected
    assert capture.status is CaptureStatus.OK


def test_log_lines_in_mid_output_are_kept(tmp_path: Path) -> None:
    with lab(tmp_path, switch(faults=with_fault(syslog_every=3))) as where:
        capture = collected(where)["display cpu"]
    assert capture.status is CaptureStatus.OK
    assert capture.raw.count(b"line ") == 10
    assert len(capture.raw.splitlines()) > 12


def test_five_megabytes_come_whole(tmp_path: Path) -> None:
    with lab(tmp_path, switch(faults=with_fault(size_bytes=5_000_000)), timeout_s=60) as where:
        capture = collected(where)["display cpu"]
    assert capture.status is CaptureStatus.OK
    assert len(capture.raw) > 5_000_000
    assert capture.raw.endswith(b"\r\n<sw-1>")


def test_an_endless_output_is_capped(tmp_path: Path) -> None:
    with lab(tmp_path, switch(faults=with_fault(endless=True)), timeout_s=60) as where:
        folder = where.folder()
        (outcome,) = where.run(folder, limits=within(output_bytes=2_000_000)).outcomes
    capture = captures(folder)["display cpu"]
    assert capture.status is CaptureStatus.CUT
    assert "上限" in capture.detail
    assert 2_000_000 < len(capture.raw) < 3_000_000
    assert (outcome.reached, outcome.reason) == (True, OutcomeReason.CUT)


def test_silence_in_mid_output_ends_the_device_in_time(tmp_path: Path) -> None:
    device = switch(faults=with_fault("display device", silent_after=0.5))
    with lab(tmp_path, device, timeout_s=0.5) as where:
        folder = where.folder()
        (outcome,) = where.run(folder, limits=within(device_s=4)).outcomes
    capture = captures(folder)["display device"]
    assert capture.status is CaptureStatus.TIMED_OUT
    assert capture.raw.startswith(b"display device\r\nAnswer to display device")
    assert (outcome.reached, outcome.platform) == (True, "huawei_vrp8")
    assert outcome.reason is OutcomeReason.TIMED_OUT
    assert captures(folder)["display version"].status is CaptureStatus.OK


def test_an_answer_that_comes_too_late_is_not_credited_to_the_next_command(tmp_path: Path) -> None:
    device = switch(think_by_command={"display device": 1.5})
    with lab(tmp_path, device, timeout_s=0.7) as where:
        got = collected(where)
    assert got["display device"].status is CaptureStatus.TIMED_OUT
    others = {command: c for command, c in got.items() if command != "display device"}
    assert {capture.status for capture in others.values()} == {CaptureStatus.OK}
    for command, capture in others.items():
        assert capture.raw.startswith(command.encode())
        assert b"Answer to display device of" not in capture.raw


def test_a_cut_connection_keeps_what_came(tmp_path: Path) -> None:
    with lab(tmp_path, switch(faults=with_fault("display device", cut_after=0.5))) as where:
        folder = where.folder()
        (outcome,) = where.run(folder).outcomes
    capture = captures(folder)["display device"]
    assert capture.status is CaptureStatus.CUT
    assert capture.raw.startswith(b"display device\r\nAnswer")
    assert (outcome.reached, outcome.reason) == (True, OutcomeReason.CUT)
    assert "display device" in outcome.detail


@pytest.mark.parametrize("platform", sorted(VERSIONS))
@pytest.mark.parametrize(
    ("fault", "status"),
    [("refused", CaptureStatus.REFUSED), ("no_privilege", CaptureStatus.NO_PRIVILEGE)],
)
def test_refusals_are_told_apart(tmp_path: Path, platform: str, fault: str, status: CaptureStatus) -> None:
    with lab(tmp_path, switch(platform, faults=with_fault(CPU[platform], **{fault: True}))) as where:
        capture = collected(where)[CPU[platform]]
    assert capture.status is status
    assert capture.detail != ""


def test_the_words_of_a_refusal_inside_an_output_are_no_refusal(tmp_path: Path) -> None:
    text = "".join(f"log {n}: Error: Unrecognized command found at '^' position.\n" for n in range(20))
    device = switch()
    device.outputs = {**device.outputs, "display cpu": text}
    with lab(tmp_path, device) as where:
        assert collected(where)["display cpu"].status is CaptureStatus.OK


@pytest.mark.parametrize("platform", sorted(VERSIONS))
def test_a_pager_that_stays_on_is_answered(tmp_path: Path, platform: str) -> None:
    text = "".join(f"line {number:03d}\n" for number in range(120))
    device = faulty(platform, stuck_pager=True)
    device.outputs = {**device.outputs, CPU[platform]: text}
    with lab(tmp_path, device) as where:
        capture = collected(where)[CPU[platform]]
    lines = clean(capture.raw, CPU[platform], platforms()[platform].prompt)
    assert [line.strip() for line in lines] == text.split("\n")[:-1]
    assert {key for session in device.sessions for key in session.keys} == {" "}


def test_a_prompt_that_changes_ends_the_device(tmp_path: Path) -> None:
    device = switch(faults=with_fault("display device", rename="other"))
    with lab(tmp_path, device, timeout_s=0.5) as where:
        folder = where.folder()
        (outcome,) = where.run(folder, limits=within(device_s=4)).outcomes
    assert captures(folder)["display device"].status is CaptureStatus.TIMED_OUT
    assert (outcome.reached, outcome.reason) == (True, OutcomeReason.TIMED_OUT)
    assert device.lines[-1] == "display device"


# --- limits and stops -----------------------------------------------------------------------------


def test_a_device_has_its_time_limit(tmp_path: Path) -> None:
    with lab(tmp_path, switch(think_s=0.4)) as where:
        (outcome,) = where.run(limits=within(device_s=2)).outcomes
    assert (outcome.reached, outcome.reason) == (True, OutcomeReason.TIMED_OUT)
    assert outcome.ended_at is not None
    assert outcome.started_at is not None
    assert outcome.ended_at - outcome.started_at < timedelta(seconds=5)


def test_the_run_has_its_time_limit(tmp_path: Path) -> None:
    switches = [switch(name=f"sw-{n}", think_s=0.4) for n in range(4)]
    with lab(tmp_path, *switches) as where:
        folder = where.folder()
        result = where.run(folder, limits=within(threads=1, run_s=2))
    assert "整次运行的时限" in result.interrupted
    assert folder.interrupted == result.interrupted
    assert [o.device for o in result.outcomes] == ["sw-0", "sw-1", "sw-2", "sw-3"]
    assert result.outcomes[-1].reason is OutcomeReason.NOT_COLLECTED
    assert switches[-1].logins == []


def test_a_stop_leaves_a_valid_run(tmp_path: Path) -> None:
    switches = [switch(name=f"sw-{n}", think_s=0.2) for n in range(3)]
    stop = threading.Event()

    def stop_after_three(event: object) -> None:
        if isinstance(event, CommandDone) and event.done == 3:
            stop.set()

    with lab(tmp_path, *switches) as where:
        folder = where.folder()
        result = where.run(folder, stop=stop, on_event=stop_after_three, limits=within(threads=1))
    assert result.interrupted == "采集被中止"
    assert [outcome.reason for outcome in result.outcomes] == [OutcomeReason.NOT_COLLECTED] * 3
    assert [outcome.reached for outcome in result.outcomes] == [True, False, False]
    assert folder.state is RunState.COLLECTED
    assert folder.outcomes() == (result.outcomes, ())
    assert captures(folder)["display version"].status is CaptureStatus.OK


def test_ctrl_c_leaves_a_valid_run(tmp_path: Path) -> None:
    def interrupt(event: object) -> None:
        if isinstance(event, CommandDone):
            raise KeyboardInterrupt

    with lab(tmp_path, switch(think_s=0.2)) as where:
        folder = where.folder()
        result = where.run(folder, on_event=_once(interrupt))
    assert result.interrupted == folder.interrupted == "用户中断"
    assert result.outcomes[0].reason is OutcomeReason.NOT_COLLECTED
    assert folder.captures()[1] == ()


def test_a_stop_does_not_wait_for_logins(tmp_path: Path) -> None:
    stop = threading.Event()
    with lab(tmp_path, faulty(hung=True)) as where:
        folder = where.folder()
        threading.Timer(1, stop.set).start()
        start = monotonic()
        result = where.run(folder, stop=stop, limits=within(connect_s=60, run_s=600))
        assert monotonic() - start < 15, "the login alone may take 60 s"
    (outcome,) = result.outcomes
    assert (outcome.reason, outcome.detail) == (OutcomeReason.NOT_COLLECTED, "采集被中止，登录未完成")
    assert folder.outcomes() == (result.outcomes, ())


def test_an_end_that_was_missed_is_noted_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C can strike between taking an event and noting it; no device may wait for ever then."""
    dropped: list[str] = []

    class LossyMailbox(Mailbox[Any]):
        def put(self, told: object) -> None:
            if isinstance(told, DeviceDone) and told.outcome.device not in dropped:
                dropped.append(told.outcome.device)
            else:
                super().put(told)

    monkeypatch.setattr("collector.collect.Mailbox", LossyMailbox)
    monkeypatch.setattr("collector.collect._PATIENCE_S", 0.1)
    with lab(tmp_path, switch(name="sw-1"), switch(name="sw-2")) as where:
        refused = where.run(password="wrong").outcomes
    assert sorted(dropped) == ["sw-1", "sw-2"]
    assert [outcome.reason for outcome in refused] == [OutcomeReason.LOGIN_FAILED] * 2


@pytest.mark.parametrize(
    ("error", "detail", "traced"),
    [
        (ZeroDivisionError(PASSWORD), "程序内部错误：ZeroDivisionError", True),
        (OSError(28, "No space left on device"), "本机读写失败：[Errno 28] No space left on device", False),
    ],
)
def test_an_error_of_ours_is_the_outcome_of_one_device(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    detail: str,
    traced: bool,
) -> None:
    real = RunFolder.add_capture

    def fail_for_one(folder: RunFolder, capture: Capture) -> Any:
        if capture.device == "sw-1":
            raise error
        return real(folder, capture)

    monkeypatch.setattr(RunFolder, "add_capture", fail_for_one)
    with lab(tmp_path, switch(name="sw-1"), switch(name="sw-2")) as where:
        first, second = where.run().outcomes
    assert (first.reason, first.detail) == (OutcomeReason.NOT_COLLECTED, detail)
    assert second.reason is None
    assert "visit of sw-1 failed" in caplog.text
    assert ("Traceback" in caplog.text) is traced
    assert PASSWORD not in caplog.text, "an error's own words may hold anything"
    assert (first.reached, first.platform) == (True, "huawei_vrp8"), "what was kept of it can be judged"


def _once(callback: Any) -> Any:
    """Call back until it has raised."""
    raised: list[bool] = []

    def call(event: object) -> None:
        if not raised:
            try:
                callback(event)
            except KeyboardInterrupt:
                raised.append(True)
                raise

    return call


# --- permission and secrets -----------------------------------------------------------------------


def test_without_permission_no_device_is_touched(tmp_path: Path) -> None:
    device = switch()
    closed = AUTHORIZATION.model_copy(update={"valid_until": datetime(2021, 1, 1, tzinfo=UTC)})
    with lab(tmp_path, device) as where:
        plan = where.plan()
        site = plan.site.model_copy(update={"authorization": closed})
        folder = where.folder(plan.model_copy(update={"site": site, "authorization": closed}))
        with pytest.raises(AuthorizationError, match="has ended"):
            where.run(folder)
    assert folder.state is RunState.PLANNED
    assert (device.sessions, device.logins) == ([], [])


def test_a_window_that_closes_during_the_run_spares_the_rest(tmp_path: Path) -> None:
    switches = [switch(name="sw-1", think_s=0.1), switch(name="sw-2")]
    with lab(tmp_path, *switches) as where:
        ends = AUTHORIZATION.model_copy(update={"valid_until": now() + timedelta(seconds=1)})
        plan = where.plan()
        site = plan.site.model_copy(update={"authorization": ends})
        folder = where.folder(plan.model_copy(update={"site": site, "authorization": ends}))
        first, second = where.run(folder, limits=within(threads=1)).outcomes
    assert first.reason is None
    assert second.reason is OutcomeReason.NOT_COLLECTED
    assert "不在授权时段内（" in second.detail
    assert switches[1].logins == []


def test_a_missing_login_is_said_before_any_device_is_touched(tmp_path: Path) -> None:
    device = switch()
    with lab(tmp_path, device, credential="other") as where:
        folder = where.folder()
        with pytest.raises(CredentialError, match="other"):
            collect(where.plan(), folder, {}, now=now)
    assert device.logins == []


@pytest.mark.parametrize("password", [PASSWORD, "XJCANARY-WRONG"])
def test_the_password_appears_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, password: str
) -> None:
    caplog.set_level(logging.DEBUG)
    with lab(tmp_path, switch()) as where:
        result = where.run(password=password)
    told = [caplog.text, repr(result), repr(where.events)]
    told += [
        path.read_bytes().decode("utf-8", "replace")
        for path in (tmp_path / "data").rglob("*")
        if path.is_file()
    ]
    assert not [text for text in told if "XJCANARY" in text]
    assert "paramiko" in {record.name.split(".")[0] for record in caplog.records}


def test_many_devices_side_by_side_keep_their_own_outputs(tmp_path: Path) -> None:
    switches = [switch(name=f"sw-{number}", think_s=0.01) for number in range(12)]
    with lab(tmp_path, *switches) as where:
        folder = where.folder()
        result = where.run(folder)
    assert {outcome.reason for outcome in result.outcomes} == {None}
    for entry in folder.captures()[0]:
        capture = entry.capture
        if capture.command != "display version":
            assert f"Answer to {capture.command} of {capture.device}\r".encode() in capture.raw


def test_every_command_that_fails_has_its_own_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    device = switch(faults=with_fault(EVERY, syslog_every=2))
    with lab(tmp_path, device) as where:
        assert {c.status for c in collected(where).values()} == {CaptureStatus.OK}

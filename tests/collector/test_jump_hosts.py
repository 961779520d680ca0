"""Devices behind one or two jump hosts, over real SSH: what goes through, and what fails in whose name."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import paramiko
import pytest

from collector.capture import CaptureStatus
from collector.credentials import Login, Secret
from collector.events import CommandDone, DeviceRecognised, Event, LoginEnded
from collector.run_record import DeviceOutcome, OutcomeReason
from collector.simulator.device import Account
from collector.simulator.faults import CommandFaults, Faults
from collector.simulator.jump import SimulatedJumpHost
from tests.collector.lab import PASSWORD, USER, Lab, lab, switch, within


def hop(name: str = "gate", **what: object) -> SimulatedJumpHost:
    given: dict[str, object] = {"accounts": (Account(username=USER, password=PASSWORD),), **what}
    return SimulatedJumpHost(name=name, **given)  # type: ignore[arg-type]


def behind(where: Lab, **jump: tuple[str, ...]) -> None:
    """Put devices behind jump hosts, by name with `_` for `-`."""
    ways = {name.replace("_", "-"): chain for name, chain in jump.items()}
    where.devices = tuple(
        device.model_copy(update={"jump": ways.get(device.name, ())}) for device in where.devices
    )


def by_name(outcomes: tuple[DeviceOutcome, ...]) -> dict[str, DeviceOutcome]:
    return {outcome.device: outcome for outcome in outcomes}


def logins_of(where: Lab) -> dict[str, list[bool]]:
    return {
        name: [login.accepted for login in host.logins] for name, host in where.simulator.jump_hosts.items()
    }


@pytest.mark.parametrize("chain", [("gate",), ("gate", "inner")], ids=["one hop", "two hops"])
def test_devices_behind_a_shared_way(tmp_path: Path, chain: tuple[str, ...]) -> None:
    switches = [switch(name=f"sw-{number}") for number in range(1, 7)]
    hosts = tuple(hop(name) for name in ("gate", "inner"))
    with lab(tmp_path, *switches, jump_hosts=hosts, jump=chain) as where:
        folder = where.folder()
        collection = where.run(folder)
        stored, damage = folder.captures()
    assert [(o.reached, o.reason) for o in collection.outcomes] == [(True, None)] * 6
    assert not damage
    captured = {(s.capture.device, s.capture.command): s.capture for s in stored}
    for device in switches:
        capture = captured[device.name, "display cpu"]
        assert capture.status is CaptureStatus.OK
        assert f"Answer to display cpu of {device.name}".encode() in capture.raw
        assert [login.accepted for login in device.logins] == [True]
    # One login per jump host for all devices, and nothing but forwarding on it.
    last = where.simulator.jump_hosts[chain[-1]]
    assert logins_of(where) == {"gate": [True], "inner": [True] if "inner" in chain else []}
    assert sorted(last.forwards) == sorted((d.host, d.port) for d in where.devices)
    if len(chain) == 2:
        assert hosts[0].forwards == [where.simulator.address("inner")]
    assert [host.sessions for host in hosts] == [[], []]


def test_every_session_is_closed_and_written_down(tmp_path: Path) -> None:
    with lab(tmp_path, switch(name="sw-1"), switch(name="sw-2"), jump_hosts=(hop(), hop("inner"))) as where:
        behind(where, sw_2=("gate", "inner"))
        collection = where.run()
        deadline = time.monotonic() + 5
        while any(where.simulator._jumping.values()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not any(where.simulator._jumping.values())
    assert sorted((s.peer, s.is_hop, s.via) for s in collection.sessions) == [
        ("gate", True, ()),
        ("inner", True, ("gate",)),
        ("sw-1", False, ()),
        ("sw-2", False, ("gate", "inner")),
    ]
    assert all(s.closed_at is not None and s.closed_at >= s.opened_at for s in collection.sessions)


@pytest.mark.parametrize(
    ("gate", "reason", "said"),
    [
        (hop(closed_port=True), OutcomeReason.UNREACHABLE, "跳板机 gate：127.30.1.1:"),
        (hop(accounts=()), OutcomeReason.LOGIN_FAILED, "拒绝了用户名或密码"),
        (hop(changed_host_key=True), OutcomeReason.LOGIN_FAILED, "主机密钥变了"),
        (hop(forwards_nothing=True), OutcomeReason.UNREACHABLE, "administratively prohibited"),
    ],
    ids=["closed", "login refused", "changed key", "no forwarding"],
)
def test_a_jump_host_that_is_no_way(
    tmp_path: Path, gate: SimulatedJumpHost, reason: OutcomeReason, said: str
) -> None:
    switches = [switch(name=f"sw-{number}") for number in range(1, 6)]
    gate = replace(gate)
    with lab(tmp_path, *switches, jump_hosts=(gate,)) as where:
        behind(where, **{f"sw_{number}": ("gate",) for number in range(1, 5)})
        outcomes = by_name(where.run().outcomes)
    assert outcomes["sw-5"].reason is None
    for name in ("sw-1", "sw-2", "sw-3", "sw-4"):
        assert not outcomes[name].reached
        assert outcomes[name].reason is reason
        assert "gate" in outcomes[name].detail
    assert said in outcomes["sw-1"].detail
    assert len(gate.logins) == (0 if gate.closed_port or gate.changed_host_key else 1)
    assert gate.forwards == []
    assert [len(device.logins) for device in switches] == [0, 0, 0, 0, 1]


def test_a_wrong_password_is_sent_to_a_jump_host_once(tmp_path: Path) -> None:
    switches = [switch(name=f"sw-{number}") for number in range(1, 11)]
    with lab(tmp_path, *switches, jump_hosts=(hop(), hop("second"))) as where:
        behind(where, **{f"sw_{n}": ("gate",) if n % 2 else ("second",) for n in range(1, 11)})
        logins = {"c": Login(USER, Secret(PASSWORD)), "hop-c": Login(USER, Secret("wrong"))}
        collection = where.run(logins=logins)
        attempts = logins_of(where)
    assert sorted(attempts.values()) == [[], [False]]
    assert {outcome.reason for outcome in collection.outcomes} == {OutcomeReason.LOGIN_FAILED}
    assert [event for event in where.events if isinstance(event, LoginEnded)] == [
        LoginEnded("sw-1", accepted=False, hop="gate")
    ]


def test_the_reason_of_a_device_behind_a_jump_host(tmp_path: Path) -> None:
    closed = switch(name="sw-1", faults=Faults(closed_port=True))
    stranger = switch(name="sw-2", faults=Faults(changed_host_key=True))
    with lab(tmp_path, closed, stranger, switch(name="sw-3"), jump_hosts=(hop(),), jump=("gate",)) as where:
        outcomes = by_name(where.run().outcomes)
    assert outcomes["sw-1"].reason is OutcomeReason.UNREACHABLE
    assert "跳板机 gate 连不上 127.30.0.1:" in outcomes["sw-1"].detail
    assert outcomes["sw-2"].reason is OutcomeReason.LOGIN_FAILED
    assert "127.30.0.2" in outcomes["sw-2"].detail
    assert "主机密钥变了" in outcomes["sw-2"].detail
    assert outcomes["sw-3"].reason is None


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (paramiko.SSHException("Timeout opening channel."), "127.30.0.1:22 在 3 秒内没有应答"),
        (paramiko.SSHException("Unable to open channel."), "没有接通 127.30.0.1:22：Unable to open"),
        (EOFError(), "没有接通 127.30.0.1:22：EOFError"),
        (paramiko.ChannelException(4, "Resource shortage"), "连不上 127.30.0.1:22：Resource shortage"),
    ],
    ids=["late", "no reason", "end", "shortage"],
)
def test_what_a_jump_host_says_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    open_channel = paramiko.Transport.open_channel

    def failing(transport: paramiko.Transport, kind: str, *how: Any, **more: Any) -> paramiko.Channel:
        if kind == "direct-tcpip":
            raise error
        return open_channel(transport, kind, *how, **more)

    monkeypatch.setattr(paramiko.Transport, "open_channel", failing)
    with lab(tmp_path, switch(), jump_hosts=(hop(),), jump=("gate",)) as where:
        outcome = where.only_outcome()
        address = ":".join(map(str, where.simulator.address("sw-1")))
    assert outcome.reason is OutcomeReason.UNREACHABLE
    assert said in outcome.detail.replace(address, "127.30.0.1:22")
    assert "跳板机 gate" in outcome.detail


def test_a_jump_host_that_dies_takes_only_its_devices_along(tmp_path: Path) -> None:
    slow = {"display cpu": 2.0}
    switches = [switch(name=f"sw-{number}", think_by_command=slow) for number in range(1, 4)]
    with lab(tmp_path, *switches, jump_hosts=(hop(),)) as where:
        behind(where, sw_1=("gate",), sw_2=("gate",))
        folder, seen = where.folder(), set[str]()

        def on_event(event: Event) -> None:
            match event:
                case CommandDone(device, "display version"):
                    seen.add(device)
            if seen >= {"sw-1", "sw-2"}:
                seen.clear()
                where.simulator.break_off("gate")

        outcomes = by_name(where.run(folder, on_event=on_event).outcomes)
        stored, _ = folder.captures()
    for name in ("sw-1", "sw-2"):
        assert outcomes[name].reached
        assert outcomes[name].reason is OutcomeReason.CUT
        assert "跳板机 gate 的连接已断开" in outcomes[name].detail
    assert outcomes["sw-3"].reason is None
    kept = {(s.capture.device, s.capture.command) for s in stored if s.capture.status is CaptureStatus.OK}
    assert {("sw-1", "display version"), ("sw-2", "display version"), ("sw-3", "display cpu")} <= kept


def test_a_dead_jump_host_is_not_logged_in_to_again(tmp_path: Path) -> None:
    with lab(
        tmp_path, switch(name="sw-1"), switch(name="sw-2"), jump_hosts=(hop(),), jump=("gate",)
    ) as where:

        def on_event(event: Event) -> None:
            if isinstance(event, DeviceRecognised):
                where.simulator.break_off("gate")

        outcomes = by_name(where.run(limits=within(threads=1), on_event=on_event).outcomes)
        attempts = logins_of(where)
    assert attempts == {"gate": [True]}
    assert outcomes["sw-2"].reason is OutcomeReason.UNREACHABLE
    assert "跳板机 gate 的连接已断开" in outcomes["sw-2"].detail


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        (Faults(commands={"display cpu": CommandFaults(silent_after=0.0)}), "被中止"),
        (Faults(hung=True), "登录未完成"),
    ],
    ids=["in a command", "in the login"],
)
def test_a_stop_ends_visits_behind_a_jump_host(tmp_path: Path, faults: Faults, said: str) -> None:
    stop, limits = threading.Event(), within(connect_s=60)
    with lab(tmp_path, switch(faults=faults), jump_hosts=(hop(),), jump=("gate",), timeout_s=60) as where:
        timer = threading.Timer(2.0, stop.set)
        timer.start()
        start = time.monotonic()
        collection = where.run(stop=stop, limits=limits)
    (outcome,) = collection.outcomes
    assert outcome.reason is OutcomeReason.NOT_COLLECTED
    assert said in outcome.detail
    assert time.monotonic() - start < 15
    assert all(session.closed_at is not None for session in collection.sessions)


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def our_threads() -> list[threading.Thread]:
    """All but those that the simulator's event loop keeps for itself, as many as it once had use for."""
    return [thread for thread in threading.enumerate() if not thread.name.startswith("asyncio_")]


def still_open() -> list[str]:
    found = []
    for path in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(str(path.readlink()))
    return sorted(found)


def settled(count: Callable[[], int], most: int) -> int:
    deadline = time.monotonic() + 5
    while count() > most and time.monotonic() < deadline:
        time.sleep(0.05)
    return count()


def test_nothing_is_left_open(tmp_path: Path) -> None:
    hosts = (hop(), hop("inner"), hop("closed", closed_port=True), hop("mute", forwards_nothing=True))
    switches = [switch(name=f"sw-{number}") for number in range(1, 6)]
    with lab(tmp_path, *switches, jump_hosts=hosts) as where:
        ways = {"sw_1": ("gate",), "sw_2": ("gate", "inner"), "sw_3": ("closed",), "sw_4": ("mute",)}
        behind(where, **ways)
        where.run()
        files, threads = settled(descriptors, 0), len(our_threads())
        for _ in range(2):
            where.run()
        assert settled(descriptors, files) <= files, still_open()
        assert settled(lambda: len(our_threads()), threads) <= threads, our_threads()

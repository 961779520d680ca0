"""Who is logged in to when: by hand, at hundreds of sites of every kind, and in threads."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.collect import collect
from collector.credentials import Login, Secret
from collector.events import LoginEnded
from collector.inventory import AaaServer, Device, JumpHost, Site
from collector.run_folder import RunFolder
from collector.run_record import DeviceOutcome, OutcomeReason
from collector.schedule import Schedule
from collector.visit import Job, Limits
from tests.collector.lab import now, plan_for

ADDRESS = "192.0.2.1"


def device(name: str, credential: str = "c", *, aaa: str = "", jump: tuple[str, ...] = ()) -> Device:
    return Device(name=name, host=ADDRESS, credential=credential, aaa=aaa, jump=jump)


def schedule(
    *devices: Device,
    threads: int = 9,
    concurrency: int | None = None,
    failures: int = 9,
    aaa: dict[str, int] | None = None,
    hops: dict[str, str] | None = None,
) -> Schedule:
    return Schedule(
        devices,
        Site(
            name="s",
            customer="示例客户",
            devices=devices,
            concurrency=concurrency,
            max_login_failures=failures,
        ),
        threads=threads,
        aaa_servers={name: AaaServer(concurrency=number) for name, number in (aaa or {}).items()},
        jump_hosts={
            name: JumpHost(host=ADDRESS, credential=credential) for name, credential in (hops or {}).items()
        },
    )


def begun(plan: Schedule) -> list[str]:
    return [each.name for each in plan.begun()]


def test_the_first_of_each_credential_is_alone() -> None:
    plan = schedule(device("a"), device("b"), device("x", "other"), device("y", "other"))
    assert begun(plan) == ["a", "x"]
    plan.login_ended("x", accepted=True)
    assert begun(plan) == ["a", "x", "y"]
    plan.login_ended("a", accepted=True)
    assert begun(plan) == ["a", "x", "y", "b"]


def test_one_that_ends_without_an_answer_makes_room_for_the_next_alone() -> None:
    plan = schedule(device("a"), device("b"), device("c"))
    assert begun(plan) == ["a"]
    plan.ended("a")
    assert begun(plan) == ["b"]


def test_a_refused_credential_is_tried_nowhere_else() -> None:
    plan = schedule(device("a"), device("b"), device("x", "other"))
    plan.begun()
    plan.login_ended("a", accepted=False)
    assert begun(plan) == ["a", "x"]
    (spared,) = plan.spared()
    assert (spared.device.name, spared.reason) == ("b", OutcomeReason.LOGIN_FAILED)
    assert "凭据 c 在 a 上被拒绝" in spared.detail
    plan.ended("b")
    assert plan.spared() == ()


def test_a_credential_that_was_accepted_once_is_not_given_up_for_one_refusal() -> None:
    plan = schedule(device("a"), device("b"), device("c"))
    plan.begun()
    plan.login_ended("a", accepted=True)
    assert begun(plan) == ["a", "b", "c"]
    plan.login_ended("b", accepted=False)
    assert plan.spared() == ()


def test_logins_under_way_count_towards_the_limit_of_refusals() -> None:
    plan = schedule(*(device(name) for name in "abcdef"), failures=3)
    plan.begun()
    plan.login_ended("a", accepted=True)
    assert begun(plan) == ["a", "b", "c", "d"]
    plan.login_ended("b", accepted=False)
    assert begun(plan) == ["a", "b", "c", "d"]
    plan.login_ended("c", accepted=True)
    assert begun(plan) == ["a", "b", "c", "d", "e"]
    plan.login_ended("d", accepted=False)
    plan.login_ended("e", accepted=False)
    plan.begun()
    (spared,) = plan.spared()
    assert (spared.device.name, spared.reason) == ("f", OutcomeReason.NOT_COLLECTED)
    assert "已达上限 3 次（b、d、e）" in spared.detail


@pytest.mark.parametrize(
    ("threads", "concurrency", "expected"), [(2, None, 2), (5, 3, 3), (2, 5, 2), (1, 1, 1)]
)
def test_no_more_at_once_than_run_and_site_allow(
    threads: int, concurrency: int | None, expected: int
) -> None:
    plan = schedule(*(device(name) for name in "abcdef"), threads=threads, concurrency=concurrency)
    plan.begun()
    plan.login_ended("a", accepted=True)
    assert len(plan.begun()) == expected
    assert plan.most_at_once == expected


def test_an_aaa_server_is_asked_by_so_many_at_once_and_others_pass_by() -> None:
    plan = schedule(
        device("a", "c0"),
        device("b", "c1", aaa="t"),
        device("c", "c2", aaa="t"),
        device("d", "c3", aaa="t"),
        device("e", "c4", aaa="unlisted"),
        aaa={"t": 2},
    )
    assert begun(plan) == ["a", "b", "c", "e"]
    plan.login_ended("b", accepted=True)
    assert begun(plan) == ["a", "b", "c", "e", "d"], "only logins count, not sessions"


def test_a_jump_host_is_logged_in_to_like_a_device() -> None:
    plan = schedule(
        device("a", "c", jump=("h1",)),
        device("b", "d", jump=("h1",)),
        device("x", "e", jump=("h2",)),
        hops={"h1": "jump", "h2": "jump"},
    )
    assert begun(plan) == ["a"], "the credential of both jump hosts is not proven"
    plan.login_ended("a", accepted=True, hop="h1")
    assert begun(plan) == ["a", "b", "x"]


def test_a_refusal_at_a_jump_host_spares_whoever_needs_its_credential() -> None:
    plan = schedule(
        device("a", "c", jump=("h1",)),
        device("b", "d", jump=("h1",)),
        device("x", "e", jump=("h2",)),
        device("y", "jump"),
        device("z", "f"),
        hops={"h1": "jump", "h2": "jump"},
    )
    assert begun(plan) == ["a", "z"]
    plan.login_ended("a", accepted=False, hop="h1")
    plan.ended("a")
    assert begun(plan) == ["z"]
    assert [spared.device.name for spared in plan.spared()] == ["b", "x", "y"]
    assert all("凭据 jump 在 h1 上被拒绝" in spared.detail for spared in plan.spared())


# --- any site -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    devices: tuple[Device, ...]
    wrong: frozenset[str]
    """Credentials that every device refuses."""
    answers: dict[str, str]
    """How a device takes a right credential: yes, no, silent."""
    threads: int
    concurrency: int | None
    failures: int
    aaa: dict[str, int]
    hops: dict[str, str]


CREDENTIALS = ["c0", "c1", "c2"]
AAA = ["t0", "t1"]
HOPS = ["h0", "h1"]
few = st.integers(1, 4)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    chosen = st.tuples(
        st.sampled_from(CREDENTIALS),
        st.sampled_from(["", *AAA]),
        st.lists(st.sampled_from(HOPS), max_size=2, unique=True),
    )
    drawn = draw(st.lists(chosen, min_size=1, max_size=14))
    devices = tuple(
        device(f"d{number}", credential, aaa=aaa, jump=tuple(jump))
        for number, (credential, aaa, jump) in enumerate(drawn)
    )
    return Case(
        devices=devices,
        wrong=draw(st.frozensets(st.sampled_from(CREDENTIALS))),
        answers={each.name: draw(st.sampled_from(["yes", "yes", "no", "silent"])) for each in devices},
        threads=draw(st.integers(1, 8)),
        concurrency=draw(st.none() | few),
        failures=draw(few),
        aaa={name: draw(few) for name in AAA},
        hops={name: draw(st.sampled_from(CREDENTIALS)) for name in HOPS},
    )


@dataclass
class Visits:
    """Visits without devices: each step lets one of them get one answer, or end."""

    case: Case
    plan: Schedule
    under_way: dict[str, list[str]] = field(default_factory=dict)
    """By device: what still answers, jump hosts first; empty when logged in."""
    open_hops: set[str] = field(default_factory=set)
    attempts: list[tuple[str, str, bool]] = field(default_factory=list)
    """Credential, who was asked, and whether it was accepted."""
    ended: list[str] = field(default_factory=list)

    def start(self) -> None:
        now = self.plan.begun()
        assert len(now) <= min(self.case.threads, self.case.concurrency or self.case.threads)
        for each in now:
            if each.name not in self.under_way:
                self.under_way[each.name] = [*each.jump, each.name]
        logging_in = [d for d in now if d.name in self.under_way[d.name]]
        for name, most in self.case.aaa.items():
            assert sum(d.aaa == name for d in logging_in) <= most
        for spared in self.plan.spared():
            self.end(spared.device.name)

    def end(self, name: str) -> None:
        self.under_way.pop(name, None)
        self.ended.append(name)
        self.plan.ended(name)

    def step(self, name: str) -> None:
        (each,) = (d for d in self.case.devices if d.name == name)
        asked = self.under_way[name][:1]
        match asked:
            case []:
                self.end(name)
            case [hop] if hop in self.open_hops:
                self.under_way[name].remove(hop)
            case [hop] if hop != name:
                self.answer(name, self.case.hops[hop], hop, "yes")
            case _:
                self.answer(name, each.credential, "", self.case.answers[name])

    def answer(self, name: str, credential: str, hop: str, manner: str) -> None:
        if manner == "silent":
            self.end(name)
            return
        accepted = manner == "yes" and credential not in self.case.wrong
        self.attempts.append((credential, hop or name, accepted))
        self.plan.login_ended(name, accepted=accepted, hop=hop)
        if not accepted:
            self.end(name)
            return
        if hop:
            self.open_hops.add(hop)
        self.under_way[name].remove(hop or name)


@settings(max_examples=400, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_rules_hold_at_any_site_in_any_order(case: Case, dice: Random) -> None:
    plan = schedule(
        *case.devices,
        threads=case.threads,
        concurrency=case.concurrency,
        failures=case.failures,
        aaa=case.aaa,
        hops=case.hops,
    )
    visits = Visits(case, plan)
    visits.start()
    while visits.under_way:
        visits.step(dice.choice(sorted(visits.under_way)))
        visits.start()
    assert sorted(visits.ended) == sorted(each.name for each in case.devices), "each ends, and once"
    refused = [credential for credential, _, accepted in visits.attempts if not accepted]
    assert len(refused) <= case.failures
    for credential in case.wrong:
        assert refused.count(credential) <= 1
    asked = [where for _, where, _ in visits.attempts]
    assert len(asked) == len(set(asked)), "one attempt for each device and jump host"


# --- in threads -----------------------------------------------------------------------------------


@dataclass
class Visitors:
    """Visits without devices in the run's own threads; counts who is where."""

    wrong: frozenset[str]
    dice: Random
    lock: threading.Lock = field(default_factory=threading.Lock)
    logging_in: list[Device] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    most_at_aaa: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def visit(self, device: Device, login: Login, job: Job) -> DeviceOutcome:
        with self.lock:
            self.under_way += 1
            self.logging_in.append(device)
            self.asked.append((device.name, device.credential))
            self.most_at_once = max(self.most_at_once, self.under_way)
            there = sum(other.aaa == device.aaa for other in self.logging_in)
            self.most_at_aaa[device.aaa] = max(self.most_at_aaa.get(device.aaa, 0), there)
        threading.Event().wait(self.dice.random() * 0.01)
        with self.lock:
            self.logging_in.remove(device)
        accepted = device.credential not in self.wrong
        job.emit(LoginEnded(device.name, accepted=accepted))
        threading.Event().wait(self.dice.random() * 0.01 * accepted)
        with self.lock:
            self.under_way -= 1
        reason = None if accepted else OutcomeReason.LOGIN_FAILED
        return DeviceOutcome(
            device=device.name, reached=accepted, platform=None, reason=reason, detail="", started_at=now()
        )


@pytest.mark.parametrize("seed", range(4))
def test_a_run_keeps_to_its_schedule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice = Random(seed)
    visitors = Visitors(frozenset({"bad-1", "bad-2"}), dice)
    monkeypatch.setattr("collector.visits.visit", visitors.visit)
    devices = tuple(
        device(
            f"d{n}", dice.choice(["good-1", "good-2", "bad-1", "bad-2"]), aaa=dice.choice(["t0", "t1", ""])
        )
        for n in range(60)
    )
    plan = plan_for(devices)
    logins = {each.credential: Login("u", Secret("x")) for each in devices}
    result = collect(
        plan,
        RunFolder.create(tmp_path, plan),
        logins,
        now=now,
        limits=Limits(threads=6, run_s=60),
        aaa_servers={"t0": AaaServer(concurrency=1), "t1": AaaServer(concurrency=2)},
    )
    assert [outcome.device for outcome in result.outcomes] == [each.name for each in devices]
    reasons = {each.device: each.reason for each in result.outcomes}
    for each in devices:
        failed = each.credential in visitors.wrong
        assert reasons[each.name] is (OutcomeReason.LOGIN_FAILED if failed else None)
    assert sorted(c for _, c in visitors.asked if c in visitors.wrong) == ["bad-1", "bad-2"]
    assert visitors.most_at_once <= 6
    assert visitors.most_at_aaa["t0"] == 1
    assert visitors.most_at_aaa["t1"] <= 2

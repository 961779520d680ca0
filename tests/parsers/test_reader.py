"""A log line that bursts into an output costs nothing; anything else that is not known does."""

from datetime import UTC, datetime

import pytest

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from parsers.facts import Known, Partial, Reason, Unknown
from parsers.reader import read_facts

LOG_LINES = {
    "h3c_comware7": "%Nov 22 03:38:58:123 2026 demo IFNET/3/PHY_UPDOWN: Physical state changed to up.",
    "huawei_vrp5": "Nov 22 2026 03:38:58+08:00 demo %%01IFPDT/4/IF_STATE(l)[0]:Interface has turned into UP.",
    "huawei_vrp8": "Nov 22 2026 03:38:58 demo %%01IFNET/2/linkDown_active(l):CID=0x807a0405;",
    "inspur_inos_cn": "2026 Nov 22 03:38:58 demo %ETHPORT-5-IF_UP: Interface Ethernet1/1 is up",
}
CLOCKS = {
    "h3c_comware7": "10:20:30.123 UTC Sun 11/22/2026",
    "huawei_vrp5": "2026-11-22 10:20:30\nSunday\nTime Zone(UTC) : UTC+00:00",
    "huawei_vrp8": "2026-11-22 10:20:30\nSunday\nTime Zone(UTC) : UTC+00:00",
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

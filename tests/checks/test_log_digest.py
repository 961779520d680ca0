from datetime import UTC, datetime, timedelta

import pytest

from checks.log_digest import KIND_WORDS, NOISE, UNKNOWN, digest, known_events
from collector.platform import platforms
from parsers.facts import Facts, Known, LogEvent
from tests.checks.case import SEEN

END = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
WINDOW = timedelta(days=30)
LEAST = {"h3c_comware7": 60, "h3c_comware5": 60, "huawei_vrp5": 60, "huawei_vrp8": 60, "inspur_inos_cn": 30}
"""Messages that are known at least, by platform."""


def event(hours_ago: float, mnemonic: str, text: str = "", severity: int = 4) -> LogEvent:
    time = END - timedelta(hours=hours_ago)
    return LogEvent(seen=SEEN, time=time, severity=severity, mnemonic=mnemonic, text=text)


def facts(*rows: LogEvent) -> Facts:
    return Facts(log_events=Known(rows, (SEEN,)))


DOWN = "Interface GigabitEthernet0/0/1 has turned into DOWN state."
ROWS = (
    event(0, "SHELL/LOGIN", severity=5),
    event(1, "IFNET/IF_STATE", DOWN),
    event(2, "IFNET/IF_STATE", DOWN.replace("DOWN", "UP")),
    event(3, "IFNET/IF_STATE", "Interface Eth-Trunk1 has turned into DOWN state."),
    event(4, "SRM/PWRFAULT", severity=2),
    event(5, "NEW/THING"),
    event(31 * 24, "NTP/SOURCE_LOST"),
)


def test_events_are_counted_by_kind_with_their_meaning() -> None:
    found = digest(facts(*ROWS), "huawei_vrp5", window=WINDOW)
    assert found is not None
    assert [(e.mnemonic, e.count, e.kind) for e in found.events] == [
        ("SRM/PWRFAULT", 1, "power"),
        ("IFNET/IF_STATE", 3, "link"),
        ("NEW/THING", 1, None),
    ]
    power, link, new = found.events
    assert (power.meaning, new.meaning) == ("电源故障", UNKNOWN)
    assert (link.first, link.last) == (END - timedelta(hours=3), END - timedelta(hours=1))
    assert link.interfaces == ("GigabitEthernet0/0/1", "Eth-Trunk1")
    assert found.flaps == {"GigabitEthernet0/0/1": 2, "Eth-Trunk1": 1}
    assert found.by_severity == {2: 1, 4: 4, 5: 1}
    assert found.noise == 1


def test_the_span_ends_with_the_newest_record() -> None:
    found = digest(facts(*ROWS), "huawei_vrp5", window=WINDOW)
    whole = digest(facts(*ROWS), "huawei_vrp5", window=WINDOW * 2)
    assert found is not None
    assert found.since == (END - WINDOW).replace(tzinfo=None)
    assert whole is not None
    assert whole.since is None
    assert "NTP/SOURCE_LOST" in {event.mnemonic for event in whole.events}


def test_nothing_is_summed_up_of_a_log_that_is_not_known_or_empty() -> None:
    assert digest(Facts(), "huawei_vrp5", window=WINDOW) is None
    assert digest(facts(), "huawei_vrp5", window=WINDOW) is None


def test_a_platform_without_a_list_counts_all_the_same() -> None:
    found = digest(facts(*ROWS), "inspur_inos6", window=WINDOW)
    assert found is not None
    assert {event.meaning for event in found.events} == {UNKNOWN}
    assert found.noise == 0


@pytest.mark.parametrize("platform", sorted(platforms()))
def test_messages_are_known_by_platform(platform: str) -> None:
    known = known_events(platform)
    assert len(known) >= LEAST.get(platform, 0)
    assert all("/" in mnemonic and meaning for mnemonic, (_, meaning) in known.items())


def test_every_kind_has_a_word_and_noise_is_a_kind() -> None:
    used = {kind for platform in platforms() for kind, _ in known_events(platform).values()}
    assert used == set(KIND_WORDS)
    assert used > NOISE


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Physical state on the interface GigabitEthernet1/0/7 changed to down.", ("GigabitEthernet1/0/7",)),
        ("(ifName=10GE1/0/48, mainIfname=10GE1/0/48)", ("10GE1/0/48",)),
        ("port-channel10: Ethernet1/47 is up", ("port-channel10", "Ethernet1/47")),
        ("XGigabitEthernet0/0/1.100 and Vlanif20", ("XGigabitEthernet0/0/1.100", "Vlanif20")),
        ("Fan 2 of slot 1/0 at 192.0.2.1/24", ()),
    ],
)
def test_interfaces_named_in_a_text(text: str, named: tuple[str, ...]) -> None:
    assert event(0, "A/B", text).interfaces == named

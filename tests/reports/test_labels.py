from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from checks.exposure import ExposureState
from checks.verdict import Outcome, Severity
from checks.words import OUTCOME_WORDS, REASON_WORDS, SEVERITY_WORDS
from collector.capture import CaptureStatus
from collector.inventory import Device
from parsers.facts import Board, Module, Reason
from reports import labels


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (SEVERITY_WORDS, Severity),
        (labels.PRIORITY, Severity),
        (OUTCOME_WORDS, Outcome),
        (REASON_WORDS, Reason),
        (labels.EXPOSURE, ExposureState),
        (labels.COMMAND_STATUS, CaptureStatus),
    ],
)
def test_every_word_has_its_own_label(said: Mapping[Any, str], words: type[StrEnum]) -> None:
    assert set(said) == set(words)
    assert len(set(said.values())) == len(said)
    assert all(said.values())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (labels.ROLE, get_args(Device.model_fields["role"].annotation)),
        (labels.MODULE_KIND, get_args(Module.__annotations__["kind"])),
        (labels.BOARD_KIND, get_args(Board.__annotations__["kind"])),
    ],
)
def test_every_choice_has_a_label(said: Mapping[str, str], words: tuple[str, ...]) -> None:
    assert set(said) == set(words)


ASKED = datetime(2026, 3, 14, 17, 2, 3, 999999, tzinfo=UTC)


def east(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (UTC, "2026-03-14 17:02:03（UTC）"),
        (ZoneInfo("Asia/Shanghai"), "2026-03-15 01:02:03（UTC+8）"),
        (ZoneInfo("Asia/Kathmandu"), "2026-03-14 22:47:03（UTC+5:45）"),
        (ZoneInfo("America/St_Johns"), "2026-03-14 14:32:03（UTC-2:30）"),
        (east(-0.5), "2026-03-14 16:32:03（UTC-0:30）"),
    ],
)
def test_moment(zone: tzinfo, said: str) -> None:
    assert labels.moment(ASKED, zone) == said
    assert labels.moment(ASKED.astimezone(east(9)), zone) == said
    assert labels.day(ASKED, zone) == said[:10]


def test_moment_that_nobody_knows() -> None:
    assert labels.moment(None, UTC) == "—"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (ASKED.astimezone(east(8)), "2026-03-15 01:02:03（UTC+8）"),
        (ASKED.replace(tzinfo=None), "2026-03-14 17:02:03"),
    ],
)
def test_a_devices_time_keeps_the_zone_that_the_device_gave(when: datetime, said: str) -> None:
    assert labels.device_moment(when) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.25, "0.2 秒"),
        (59, "59.0 秒"),
        (61, "1 分 1 秒"),
        (3600, "1 小时 0 分"),
        (86400 * 3 + 3600 * 5, "3 天 5 小时"),
    ],
)
def test_duration(seconds: float, said: str) -> None:
    assert labels.duration(seconds) == said


@pytest.mark.parametrize(
    ("value", "unit", "digits", "said"),
    [(None, "%", 0, "—"), (0, "%", 0, "0 %"), (-14.404, "dBm", 2, "-14.40 dBm"), (7, "", 0, "7")],
)
def test_number(value: float | None, unit: str, digits: int, said: str) -> None:
    assert labels.number(value, unit, digits) == said

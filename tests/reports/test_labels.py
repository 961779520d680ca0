from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, get_args

import pytest

from checks.exposure import ExposureState
from checks.verdict import Outcome, Severity
from collector.capture import CaptureStatus
from collector.inventory import Device
from parsers.facts import Board, Module, Reason
from reports import labels


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (labels.SEVERITY, Severity),
        (labels.DEADLINE, Severity),
        (labels.PRIORITY, Severity),
        (labels.OUTCOME, Outcome),
        (labels.REASON, Reason),
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


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (None, "—"),
        (datetime(2026, 3, 14, 1, 2, 3, tzinfo=UTC), "2026-03-14 01:02:03 UTC"),
        (datetime(2026, 3, 14, 9, 2, 3, tzinfo=timezone(timedelta(hours=8))), "2026-03-14 09:02:03 UTC+0800"),
        (datetime(2026, 3, 14, 1, 2, 3), "2026-03-14 01:02:03"),  # noqa: DTZ001 - a device without a zone
    ],
)
def test_moment(when: datetime | None, said: str) -> None:
    assert labels.moment(when) == said


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

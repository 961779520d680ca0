"""That a round of `tests.soak` passes, and that what it must not let pass fails."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from collector import session as conversation
from collector.capture import Capture, CaptureStatus
from tests import soak
from tests.collector.lab import now, switch


def test_a_small_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_GREETING_S", 3.0)
    monkeypatch.setattr(conversation, "_RESYNC_S", 0.5)
    before = soak.held()
    met = soak.play(3, 16, tmp_path)
    soak.nothing_left(before)
    assert met.total() == 16
    assert 1 < len(met) < 16


def test_a_round_is_a_function_of_its_number() -> None:
    first, again, other = (list(soak.members(number, 60)) for number in (5, 5, 6))
    assert [(m.kind, m.switch.faults) for m in first] == [(m.kind, m.switch.faults) for m in again]
    assert [m.kind for m in first] != [m.kind for m in other]


SWITCH = switch()
GOOD = Capture(
    device="sw-1",
    command="display clock",
    status=CaptureStatus.OK,
    raw=b"display clock\r\n" + SWITCH.outputs["display clock"].replace("\n", "\r\n").encode() + b"<sw-1>",
    started_at=now(),
    elapsed_s=0.1,
)
HEALTHY = soak.Member(SWITCH, "healthy", "display cpu")


def test_the_right_output_passes() -> None:
    soak.check_output(HEALTHY, GOOD)


@pytest.mark.parametrize(
    "changed",
    [
        {"raw": GOOD.raw.replace(b"line 3", b"line 4")},
        {"raw": GOOD.raw.replace(b"line 9\r\n", b"")},
        {"raw": GOOD.raw.replace(b"<sw-1>", b"late line\r\n<sw-1>")},
        {"raw": GOOD.raw.replace(b"display clock", b"display cpu", 1)},
        {"status": CaptureStatus.CUT},
        {"elapsed_s": -1.0},
    ],
    ids=["another line", "a line less", "a line more", "another command", "lost", "backward"],
)
def test_what_a_healthy_device_did_not_print_fails(changed: dict[str, object]) -> None:
    with pytest.raises(soak.RoundError):
        soak.check_output(HEALTHY, replace(GOOD, **changed))  # type: ignore[arg-type]


def test_what_is_left_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "QUIET_S", 0.2)
    before = soak.held()
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    with pytest.raises(soak.RoundError, match="forgotten"):
        soak.nothing_left(before)
    end.set()
    thread.join()
    with (tmp_path / "open").open("w"), pytest.raises(soak.RoundError, match="files"):
        soak.nothing_left(before)
    soak.nothing_left(before)

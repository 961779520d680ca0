"""The conversation itself, with every byte and its timing in the test's hand."""

import re
from collections import deque
from collections.abc import Iterable
from itertools import pairwise
from threading import Event
from time import monotonic, sleep
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collector import session as under_test
from collector.allowlist import Answer
from collector.capture import Capture, CaptureStatus
from collector.errors import LoginFailedError, SessionCutError, SessionTimedOutError, StoppedError
from collector.platform import platforms
from collector.session import Session, SessionLimits
from collector.wire import Wire
from tests.collector.lab import now

PROMPT = re.compile(r"<[^<>\s]+>")
VRP8 = platforms()["huawei_vrp8"]
SILENCE = None
CUT = b""


class ScriptedWire:
    """Gives chunks as they were scripted; each thing that is sent opens the next part of the script."""

    def __init__(self, *parts: Iterable[bytes | None]) -> None:
        self.parts = deque(deque(part) for part in parts)
        self.now = self.parts.popleft()
        self.sent: list[str] = []
        self.hung_up = False

    def receive(self, until: float) -> bytes | None:
        if until <= monotonic():
            return None if not self.now or not self.now[0] else self.now.popleft()
        return self.now.popleft() if self.now else None

    def _next(self, sent: str) -> None:
        self.sent.append(sent)
        left = [chunk for chunk in self.now if chunk is not SILENCE]
        self.now = self.parts.popleft() if self.parts else deque()
        self.now.extendleft(reversed(left))

    def send_line(self, line: str) -> None:
        self._next(line + "\n")

    def send_answer(self, answer: Answer) -> None:
        self._next(answer.value)

    def hang_up(self) -> None:
        self.hung_up = True


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "_SLICE_S", 0.02)
    monkeypatch.setattr(under_test, "_SETTLE_S", 0.01)
    monkeypatch.setattr(under_test, "_GREETED_S", 0.01)
    monkeypatch.setattr(under_test, "_GREETING_S", 0.1)
    monkeypatch.setattr(under_test, "_RESYNC_S", 0.1)


def talk(
    *parts: Iterable[bytes | None], prompt: str = "<sw>", **limits: float
) -> tuple[Session, ScriptedWire]:
    wire = ScriptedWire(*parts)
    given_limits = SessionLimits(**limits)  # type: ignore[arg-type]
    session = Session(cast("Wire", wire), "sw-1", limits=given_limits, now=now, stop=Event())
    session.prompt = prompt
    return session, wire


def ask(session: Session, limit_s: float = 0.05) -> Capture:
    return session.ask("display cpu", limit_s, VRP8)


# --- greeting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chunks", "prompt"),
    [
        ([b"\r\n<sw>"], "<sw>"),
        ([b"Welcome\r\n", b"<s", b"w>"], "<sw>"),
        ([b"Do not use <angle>\r\nbrackets\r\n<core-1>"], "<core-1>"),
        ([b"<not-yet>", b" is our banner\r\n<sw>"], "<sw>"),
        ([b"\x1b[16D\x1b[K<sw>\x00 "], "<sw>"),
        ([b"<other>\r<sw>"], "<sw>"),
        (["端口说明：上联\r\n".encode("gb18030") + b"<sw>"], "<sw>"),
    ],
)
def test_the_prompt_is_learned(chunks: list[bytes], prompt: str) -> None:
    session, wire = talk(chunks, prompt="")
    assert session.greet([PROMPT]) == session.prompt == prompt
    assert wire.sent == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (b"The password needs to be changed. Change now? [Y/N]: ", "N\n"),
        (b"Your password will expire in 3 days.\r\nDo you want to change it? [Y/N]:", "N\n"),
        (b"Press Y or ENTER to continue, N to exit.\r\n", "\n"),
    ],
)
def test_known_dialogues_are_answered_once(question: bytes, answer: str) -> None:
    session, wire = talk([b"Hello\r\n" + question], [b"\r\n<sw>"], prompt="")
    assert session.greet([PROMPT]) == "<sw>"
    assert wire.sent == [answer]


@pytest.mark.parametrize(
    "question",
    [
        b"Enter new password:",
        b"old password: ",
        b"Username:",
        b"login: ",
    ],
)
def test_other_questions_are_left_to_people(question: bytes) -> None:
    session, wire = talk([b"Hello\r\n" + question], prompt="")
    with pytest.raises(LoginFailedError, match="未作答"):
        session.greet([PROMPT])
    assert wire.sent == []


def test_a_dialogue_that_comes_again_is_left_to_people() -> None:
    question = b"Change now? [Y/N]:"
    session, wire = talk([question], [question], prompt="")
    with pytest.raises(LoginFailedError):
        session.greet([PROMPT])
    assert wire.sent == ["N\n"]


def test_a_banner_may_pause_where_it_looks_like_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "_SETTLE_S", 0.3)
    monkeypatch.setattr(under_test, "_GREETING_S", 5.0)
    begun = monotonic()
    session, wire = talk([], prompt="")

    def receive(until: float) -> bytes | None:
        sleep(max(0.0, min(until, begun + 0.1) - monotonic()))
        due = monotonic() >= begun + (0.1 if len(wire.now) == 1 else 0.0)
        return wire.now.popleft() if wire.now and due else None

    wire.now.extend([b"Last login: ", b"2026-03-01 08:00:00\r\n<sw>"])
    monkeypatch.setattr(wire, "receive", receive)
    assert session.greet([PROMPT]) == "<sw>"
    assert wire.sent == []


def test_no_prompt_is_a_timeout_that_shows_the_last_line() -> None:
    session, _ = talk([b"Welcome\r\n$ "], prompt="")
    with pytest.raises(SessionTimedOutError, match=r"'\$'"):
        session.greet([PROMPT])


def test_a_device_that_hangs_up_at_once() -> None:
    session, _ = talk([b"Too many users\r\n", CUT], prompt="")
    with pytest.raises(SessionCutError, match="Too many users"):
        session.greet([PROMPT])


# --- answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"display cpu\r\n5%\r\n<sw>",
        b"display cpu\r\n<sw>",
        b"display cpu \r\r\n5%\r\n<sw> ",
        b"displau\b \by cpu\r\n5%\r\n<sw>",
        b"\r\n<sw>display cpu\r\n5%\r\n<sw>",
        b"display cpu\r\n\x1b[1mbold\x1b[0m \xb6\xcb\xff\r\n\x1b[16D<sw>",
        b"display cpu\r\n<sw>\r\nis not the end\r\n<sw>",
        b"display cpu\r\n#\r\n[V200R009C00SPC500]\r\n#\r\nreturn\r\n<sw>",
    ],
)
def test_an_answer_runs_from_echo_to_prompt(raw: bytes) -> None:
    session, wire = talk([], [raw])
    capture = ask(session)
    assert (capture.status, capture.raw, capture.detail) == (CaptureStatus.OK, raw, "")
    assert wire.sent == ["display cpu\n"]
    assert not session.slipped


ANSWER = b"display cpu\r\nline <sw>\r\n<sw>\r\nmore \xb6\xcb\r\n<other>\r\nend\r\n<sw>"


@given(cuts=st.sets(st.integers(1, len(ANSWER) - 1)))
@example(cuts=set(range(1, len(ANSWER))))
def test_the_pieces_in_which_it_comes_make_no_difference(cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(ANSWER)]
    session, _ = talk([], [ANSWER[a:b] for a, b in pairwise(edges)])
    capture = ask(session)
    assert (capture.status, capture.raw) == (CaptureStatus.OK, ANSWER)


def test_pages_are_turned_and_kept() -> None:
    session, wire = talk(
        [],
        [b"display cpu\r\nfirst\r\n", b"  ---- More", b" ----"],
        [b"\x1b[42D", b"   \x1b[42Dsecond\r\n  ---- More ----"],
        [b"\r      \rthird\r\n<sw>"],
    )
    capture = ask(session)
    assert wire.sent == ["display cpu\n", " ", " "]
    assert capture.status is CaptureStatus.OK
    assert [word in capture.raw for word in (b"first", b"second", b"third")] == [True] * 3


def test_an_output_of_another_command_is_asked_for_again() -> None:
    session, wire = talk([], [b"rest of something\r\n<sw>"], [b"display cpu\r\n5%\r\n<sw>"])
    capture = ask(session)
    assert wire.sent == ["display cpu\n", "display cpu\n"]
    assert (capture.status, capture.raw) == (CaptureStatus.OK, b"display cpu\r\n5%\r\n<sw>")
    assert session.slipped


def test_an_output_that_never_begins_with_its_echo_is_not_used() -> None:
    session, _ = talk([], [b"display clock\r\n1\r\n<sw>"], [b"display version\r\n2\r\n<sw>"])
    capture = ask(session)
    assert capture.status is CaptureStatus.TIMED_OUT
    assert "回显" in capture.detail


def test_bytes_after_a_prompt_make_the_answer_before_doubtful() -> None:
    session, _ = talk([], [b"display cpu\r\n<sw>"], [b"display cpu\r\n5%\r\n<sw>"])
    ask(session)
    cast("ScriptedWire", session.wire).now.append(b"\r\nlate line\r\n<sw>")
    assert ask(session).raw == b"display cpu\r\n5%\r\n<sw>"
    assert session.slipped


@pytest.mark.parametrize(
    ("chunks", "status", "said"),
    [
        ([], CaptureStatus.TIMED_OUT, "0.05 秒内没有等到提示符"),
        ([b"display cpu\r\n5%\r\n"], CaptureStatus.TIMED_OUT, "没有等到提示符"),
        ([b"display cpu\r\n5%\r\n<other>"], CaptureStatus.TIMED_OUT, "没有等到提示符"),
        ([b"display cpu\r\n5%\r\n[sw]"], CaptureStatus.TIMED_OUT, "没有等到提示符"),
        ([b"display cpu\r\n5", CUT], CaptureStatus.CUT, "中途断开"),
        ([CUT], CaptureStatus.CUT, "中途断开"),
    ],
)
def test_answers_that_break_off_are_kept(chunks: list[bytes], status: CaptureStatus, said: str) -> None:
    session, _ = talk([], chunks)
    capture = ask(session)
    assert capture.status is status
    assert said in capture.detail
    assert capture.raw == b"".join(chunks)


def test_too_much_is_cut_off() -> None:
    session, wire = talk([], [b"display cpu\r\n", *[b"x" * 600] * 10], max_bytes=1000)
    capture = ask(session)
    assert (capture.status, wire.hung_up) == (CaptureStatus.CUT, True)
    assert len(capture.raw) == 13 + 1200


def test_the_devices_time_ends_a_command() -> None:
    session, _ = talk([], [b"display cpu\r\n5%"], deadline=monotonic() + 0.1)
    capture = ask(session, limit_s=30)
    assert capture.status is CaptureStatus.TIMED_OUT
    assert "总时限" in capture.detail


def test_a_stop_ends_a_command() -> None:
    session, _ = talk([], [b"display cpu\r\n5%"])
    session.stop.set()
    capture = ask(session, limit_s=30)
    assert capture.status is CaptureStatus.CUT
    assert "中止" in capture.detail
    with pytest.raises(StoppedError):
        session.resync(b"")


REFUSED = "                        ^\r\nError: Unrecognized command found at '^' position.\r\n"
DENIED = "Error: You do not have permission to run the command or the command is incomplete.\r\n"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (REFUSED, CaptureStatus.REFUSED),
        (DENIED, CaptureStatus.NO_PRIVILEGE),
        ("", CaptureStatus.OK),
        ("5%\r\n", CaptureStatus.OK),
        ("line\r\n" * 10 + REFUSED, CaptureStatus.OK),
        ("line\r\n" * 4 + "said Error: Unrecognized\r\n", CaptureStatus.OK),
    ],
)
def test_refusals(body: str, status: CaptureStatus) -> None:
    session, _ = talk([], [f"display cpu\r\n{body}<sw>".encode()])
    capture = ask(session)
    assert capture.status is status
    assert bool(capture.detail) is (status is not CaptureStatus.OK)


@pytest.mark.parametrize(
    ("chunks", "found"),
    [
        ([b"late answer\r\n", SILENCE, b"more\r\n<sw>", SILENCE], True),
        ([b"late answer\r\n<other>"], False),
        ([b"late answer\r\n---- More ----"], False),
        ([b"late", CUT], False),
        ([], False),
        ([b"<s", b"w>"], True),
    ],
)
def test_resync(chunks: list[bytes | None], found: bool) -> None:
    session, _ = talk(chunks)
    assert session.resync(b"display cpu\r\n") is found

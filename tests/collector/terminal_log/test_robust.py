"""Whatever stands in a file: no exception but the documented one, and every line accounted for."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.errors import LogFileError
from collector.terminal_log import Logs, read_logs
from collector.terminal_log.lines import is_text, log_lines
from tests.collector.terminal_log.recorded import ANSWERS, CHINA, session, stamped

WHOLE = (
    stamped(session(ANSWERS)) + "=~=~= PuTTY log 2026.11.20 16:00:00 =~=~=\n" + session(ANSWERS)
).encode()
PROMPT = re.compile(r"(<\S+>|\[\S+\]|\S+#)\s*")
SNIPPETS = st.sampled_from(
    [
        "<core-1>", "[core-1]", "srv#", "display version", "dis cur", "show version", "\n", "\r\n", "\b \b",
        "---- More ----", "\x1b[16D", "[2026-11-20 16:00:00] ", "=====display clock=====", "`show clock`",
        "Connecting to 192.0.2.1:22...", "2026-02-30 25:61:61", "一号楼", "\0", "^C", "|", "<", ">", "{", "%",
    ]
)  # fmt: skip


def imported(data: bytes, name: str = "a.log") -> Logs | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return read_logs([path], configured={}, zone=CHINA)
        except LogFileError:
            return None


def nothing_is_lost(data: bytes) -> None:
    logs = imported(data)
    if logs is None or not is_text(data):
        return
    covered = {n for piece in logs.pieces for n in range(piece.first_line, piece.last_line + 1)}
    missing = [
        line.shown for line in log_lines(data, CHINA) if line.shown.strip() and line.number not in covered
    ]
    # A prompt at which nothing was typed says nothing.
    assert [shown for shown in missing if not PROMPT.fullmatch(shown)] == []


@given(st.binary(max_size=2000))
def test_random_bytes(data: bytes) -> None:
    nothing_is_lost(data)


@given(st.integers(0, len(WHOLE)))
def test_truncated_logs(length: int) -> None:
    nothing_is_lost(WHOLE[:length])


@given(
    st.lists(st.one_of(SNIPPETS, st.text(max_size=20)), max_size=60),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
@settings(max_examples=300)
def test_pieces_of_logs_in_any_order(parts: list[str], encoding: str) -> None:
    imported("".join(parts).encode(encoding, "replace"))


@given(st.data())
def test_damaged_logs(data: st.DataObject) -> None:
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(WHOLE) - 1))] = data.draw(st.integers(0, 255))
    nothing_is_lost(bytes(damaged))


@given(st.integers(0, 400), st.binary(min_size=1, max_size=20))
def test_damaged_archives(at: int, junk: bytes) -> None:
    from tests.collector.terminal_log.test_files import FILES, tarred, zipped

    for data in (zipped(FILES), tarred(FILES, "w:gz")):
        imported(data[:at] + junk + data[at + len(junk) :], "a.zip")


LONG = [
    "-",
    " ",
    "=",
    "\b",
    "-- ",
    "\x1b[3D",
    "<",
    "[",
    "===display x ",
    "---- More ",
    "2026-11-20 16:00:00 ",
    "a-",
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("part", LONG)
def test_long_lines_take_no_long_time(part: str) -> None:
    line = (part * 200_000).encode()
    imported(line + b"---- More ----\n" + line + b"\n<core-1>display clock\n" + line + b"\n<core-1>")

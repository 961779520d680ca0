"""Every way to record the same session gives the same captures."""

import codecs
from pathlib import Path

import pytest

from collector.capture import CaptureStatus, Source
from tests.collector.terminal_log.recorded import (
    ANSWERS,
    AT,
    FANS,
    VERSION,
    answers,
    by_command,
    only,
    read,
    session,
    stamped,
    tidy,
)

PLAIN = session(ANSWERS)
PAGER = "  ---- More ----"
WIPED = {
    "backspaces": PAGER + "\b" * 16 + " " * 16 + "\b" * 16,
    "escapes": PAGER + "\x1b[16D" + " " * 16 + "\x1b[16D",
    "copied from the window": PAGER + "[16D" + " " * 16 + "[16D",
    "carriage return": PAGER + "\r" + " " * 16 + "\r",
    "erased to the end": PAGER + "\x1b[16D\x1b[K",
    "a line of its own": PAGER + "\n",
    "reverse video": "\x1b[7m--More--\x1b[27m\r        \r",
}
TIMED = {
    "PuTTY": "=~=~=~=~=~=~=~=~=~=~=~= PuTTY log 2026.11.20 16:00:00 =~=~=~=~=~=~=~=~=~=~=~=\nlogin as: ops\n"
    + PLAIN,
    "SecureCRT, head of a log": "[2026-11-20 16:00:00] core-1 - Log start\n\n" + PLAIN,
    "SecureCRT, stamps": stamped(PLAIN, "[2026-11-20 16:00:00.123] "),
    "SecureCRT, compact stamps": stamped(PLAIN, "[20261120 16:00:00]"),
    "Xshell": "Xshell 7 (Build 0122)\nCopyright (c) 2020\n\nConnecting to 192.0.2.1:22...\n" + stamped(PLAIN),
    "MobaXterm": "? MobaXterm 23.0 ?\n? SSH session to ops@192.0.2.1\n"
    + stamped(PLAIN, "[2026-11-20 16:00.00] "),
    "stamps without brackets": stamped(PLAIN, "2026/11/20 16:00:00 "),
    "the device's own greeting": "Info: The current login time is 2026-11-20 16:00:00+08:00.\n" + PLAIN,
}
UNTIMED = {
    "as typed": PLAIN,
    "only times of the day": stamped(PLAIN, "[16:00:00] "),
    "a greeting with the last login": "The last login time is 2026-01-02 03:04:05 from 192.0.2.9.\n" + PLAIN,
    "carriage returns doubled": PLAIN.replace("\n", "\r\n"),
    "NULs": PLAIN.replace("\n", "\n\0\0"),
    "commands in a configuration view": PLAIN.replace("<core-1>", "[core-1]"),
    "commands in an interface view": PLAIN.replace(
        "<core-1>display fan", "[core-1-Vlan-interface1]display fan"
    ),
    "a blank after the prompt": PLAIN.replace("<core-1>", "<core-1> "),
    "standby's prompt": PLAIN.replace("<core-1>", "(M)<core-1>"),
    "short commands": PLAIN.replace("display current-configuration", "dis cur").replace(
        "display v", "disp v"
    ),
    "capitals": PLAIN.replace("display fan", "DISPLAY Fan"),
    "unpaged by a filter": PLAIN.replace("display fan", "display fan | no-more"),
    "echo edited with backspaces": PLAIN.replace("display fan", "display fna\b \b\b \ban"),
    "echo edited with moves": PLAIN.replace("display fan", "display fna\x1b[2D\x1b[Kan"),
    "empty lines and other commands between": PLAIN.replace(
        "<core-1>display fan", "<core-1>\n<core-1>\n<core-1>screen-length disable\n<core-1>display fan"
    ),
}
ENCODED = {
    "UTF-8": PLAIN.encode(),
    "UTF-8 with BOM": codecs.BOM_UTF8 + PLAIN.encode(),
    "GBK": PLAIN.encode("gbk"),
    "GB18030": PLAIN.encode("gb18030"),
    "UTF-16 LE with BOM": codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
    "UTF-16 BE with BOM": codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
    "UTF-16 LE": PLAIN.encode("utf-16-le"),
    "UTF-16 BE": PLAIN.encode("utf-16-be"),
    "both UTF-8 and GBK": PLAIN.encode() + PLAIN.encode("gbk"),
}


@pytest.mark.parametrize("style", TIMED)
def test_a_log_that_says_when(tmp_path: Path, style: str) -> None:
    device = only(read(tmp_path, {"a.log": TIMED[style]}))
    assert answers(device) == tidy(ANSWERS)
    assert {c.collected_at for c in device.captures} == {AT}
    assert {c.source for c in device.captures} == {Source.LOG}


@pytest.mark.parametrize("style", UNTIMED)
def test_a_log_that_does_not_say_when(tmp_path: Path, style: str) -> None:
    device = only(read(tmp_path, {"a.log": UNTIMED[style]}))
    assert answers(device) == tidy(ANSWERS)
    assert {c.status for c in device.captures} == {CaptureStatus.OK}
    assert {(c.source, c.collected_at, c.asked_at) for c in device.captures} == {
        (Source.UNTIMED_LOG, None, None)
    }


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    device = only(read(tmp_path, {"a.log": ENCODED[encoding]}))
    assert answers(device) == tidy(ANSWERS)


@pytest.mark.parametrize("pager", WIPED)
def test_pager_remains(tmp_path: Path, pager: str) -> None:
    paged = PLAIN.replace(" Fan 2:\n", WIPED[pager] + " Fan 2:\n").replace("Release", "Release", 1)
    assert paged != PLAIN
    device = only(read(tmp_path, {"a.log": paged}))
    assert answers(device) == tidy(ANSWERS)
    assert by_command(device)["display fan"].status is CaptureStatus.OK


@pytest.mark.parametrize(
    ("ending", "why"),
    [
        (f"{PAGER}\r                \r", "分页"),
        (f"{PAGER}\n", "分页"),
        ("^C\n", "Ctrl-C"),
    ],
)
def test_an_answer_that_was_broken_off_is_not_whole(tmp_path: Path, ending: str, why: str) -> None:
    half = FANS.splitlines(keepends=True)[0]
    log = session({"display version": VERSION}).rstrip("\n") + f"display fan\n{half}{ending}<core-1>\n"
    capture = by_command(only(read(tmp_path, {"a.log": log})))["display fan"]
    assert capture.status is CaptureStatus.CUT
    assert why in capture.detail


@pytest.mark.parametrize(
    "after",
    [
        "",
        "\nConnection closed by foreign host.\n<core-1>\n",
        "\nDisconnected\n",
        "\n<other>display clock\n<other>",
    ],
)
def test_an_answer_without_its_prompt_is_not_whole(tmp_path: Path, after: str) -> None:
    log = session({"display version": VERSION}).rstrip("\n") + f"display fan\n{FANS}{after}"
    device = next(d for d in read(tmp_path, {"a.log": log}).devices if d.name == "core-1")
    assert by_command(device)["display fan"].status is CaptureStatus.CUT
    assert by_command(device)["display version"].status is CaptureStatus.OK


def test_times_that_a_device_prints_are_not_stamps(tmp_path: Path) -> None:
    clock = {"display clock": "2026-11-20 16:00:00+08:00\nFriday\n"}
    device = only(read(tmp_path, {"a.log": session({"display version": VERSION} | clock)}))
    assert answers(device)["display clock"] == clock["display clock"]

"""Outputs that lie in files, read outside any run."""

import time
from pathlib import Path

import pytest

from collector.platform import platforms
from parsers.facts import Known, Partial
from parsers.sample import NoSamplesError, read_folder, read_sample
from parsers.time_limit import Budget, can_limit

CLOCK = "10:20:30 UTC Sun 11/22/2026\n"


def test_one_output_gives_rows_and_facts() -> None:
    reading = read_sample(platforms()["h3c_comware7"], "display clock", CLOCK.encode())
    assert reading.understood
    assert reading.template == "display_clock.textfsm"
    assert len(reading.rows) == 1
    clock = reading.facts["clock"]
    assert isinstance(clock, Known)
    assert clock.value.device_time.hour == 10


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_mark_and_the_encoding_of_an_editor_change_nothing(encoding: str) -> None:
    platform, command = platforms()["h3c_comware7"], "display clock"
    said = read_sample(platform, command, CLOCK.encode(encoding))
    assert said.understood
    assert said.facts["clock"].value.device_time.hour == 10


def test_a_line_nobody_knows_is_shown_with_its_number() -> None:
    reading = read_sample(platforms()["h3c_comware7"], "display clock", f"{CLOCK}never seen\n".encode())
    assert not reading.understood
    assert [(line.number, line.text) for line in reading.unread] == [(2, "never seen")]
    assert isinstance(reading.facts["clock"], Partial)


def test_an_output_that_is_something_else_gives_no_fact() -> None:
    reading = read_sample(platforms()["h3c_comware7"], "display clock", b"% Unrecognized command\n")
    assert not reading.understood
    assert reading.facts == {}
    assert "clock" in reading.unreadable


def test_a_command_that_nothing_reads_is_not_covered() -> None:
    reading = read_sample(platforms()["h3c_comware7"], "display nothing of the kind", b"x\n")
    assert not reading.covered
    assert not reading.understood
    assert (reading.rows, reading.unread, reading.lines) == ((), (), 1)


@pytest.mark.skipif(not can_limit(), reason="this system has no timer for it")
@pytest.mark.parametrize(
    ("command", "unread"), [("display version", "software"), ("display nothing", "rows")]
)
def test_an_output_that_takes_too_long_is_unreadable_for_that_reason(
    command: str, unread: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slow = tmp_path / "slow.textfsm"
    slow.write_text("Value Required A (x)\n\nStart\n  ^(\\S+\\s*)+never$$\n  ^${A} -> Record\n")
    monkeypatch.setattr("parsers.sample.template_path", lambda *_: str(slow))
    raw = b"x" * 64 + b"\n"
    begun = time.process_time()
    reading = read_sample(platforms()["huawei_vrp8"], command, raw, Budget(output_s=0.3))
    assert time.process_time() - begun < 10
    assert not reading.understood
    assert (reading.rows, reading.facts, reading.lines) == ((), {}, 1)
    late = f"{command}: not read within 0.3 s of processor time"
    assert unread in reading.unreadable
    assert set(reading.unreadable.values()) == {late}


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    for name, text in (
        ("h3c_comware7/display_clock/good.txt", CLOCK),
        ("h3c_comware/display_clock/family.txt", CLOCK),
        ("h3c_comware7/display_clock/odd.txt", f"{CLOCK}never seen\n"),
        ("h3c_comware7/display_nothing_known/one.txt", "x\n"),
        ("some_other_vendor/display_clock/ignored.txt", CLOCK),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_a_folder_is_read_sample_by_sample(samples: Path) -> None:
    found = {s.file: (s.reading.covered, s.reading.understood) for s in read_folder(samples)}
    assert found == {
        "h3c_comware/display_clock/family.txt": (True, True),
        "h3c_comware7/display_clock/good.txt": (True, True),
        "h3c_comware7/display_clock/odd.txt": (True, False),
        "h3c_comware7/display_nothing_known/one.txt": (False, False),
    }


def test_the_platform_that_reads_a_sample_best_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "huawei_vrp" / "display_clock" / "one.txt"
    path.parent.mkdir(parents=True)
    path.write_text("2026-11-22 10:20:30\nSunday\nTime Zone(UTC) : UTC+00:00\n", "utf-8")
    (sample,) = read_folder(tmp_path)
    assert sample.reading.understood
    assert sample.reading.platform in {"huawei_vrp5", "huawei_vrp8"}


def test_a_folder_without_samples_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "h3c_comware7").mkdir()
    with pytest.raises(NoSamplesError, match="command_in_snake_case"):
        list(read_folder(tmp_path))


def test_a_margin_is_taken_away_where_more_is_understood_without() -> None:
    inos = platforms()["inspur_inos_cn"]
    brief = (
        "---------------------------------------\n"
        "        Port   VRF          Status IP Address                              Speed    MTU\n"
        "        ---------------------------------------\n"
        "        mgmt0  --           up     192.0.2.7                               1000     1500\n"
    )
    reading = read_sample(inos, "show interface brief", brief.encode())
    assert reading.understood
    assert len(reading.rows) == 1
    # What a device itself indents is read as it stands.
    cpu = "".join(f"       8% in last {period}\n" for period in ("5 seconds", "1 minute", "5 minutes"))
    raw = f"Slot 1 CPU usage:\n{cpu}".encode()
    assert read_sample(platforms()["h3c_comware7"], "display cpu-usage", raw).understood

"""Logs of our own writing, in the styles of the programs that people record with."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from collector.capture import Capture
from collector.terminal_log import Logs, read_logs
from collector.terminal_log.devices import LoggedDevice
from parsers.text import clean

CHINA = timezone(timedelta(hours=8))
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""16:00 in China, the time that all logs here bear."""

VERSION = """H3C Comware Software, Version 7.1.070, Release 6710P01
Copyright (c) 2004-2026 New H3C Technologies Co., Ltd. All rights reserved.
H3C S6520X-54QC-EI uptime is 3 weeks, 1 day, 2 hours, 5 minutes
"""
CLOCK = "16:00:00.100 BJ Fri 11/20/2026\nTime Zone : BJ add 08:00:00\n"
FANS = " Slot 1:\n Fan 1:\n State    : Normal\n Fan 2:\n State    : Fault\n"
CONFIG = """#
 version 7.1.070, Release 6710P01
#
 sysname core-1
#
vlan 1
 description 一号楼办公
#
return
"""
ANSWERS = {
    "display version": VERSION,
    "display clock": CLOCK,
    "display fan": FANS,
    "display current-configuration": CONFIG,
}
VRP_VERSION = """Huawei Versatile Routing Platform Software
VRP (R) software, Version 5.170 (S5735 V200R021C00SPC100)
Copyright (C) 2000-2021 HUAWEI TECH Co., Ltd.
HUAWEI S5735-L24T4X-A1 Routing Switch uptime is 11 weeks, 3 days, 5 hours, 42 minutes
"""
INOS_VERSION = """ICNT NOS-CN(tm) inos, Software (inos-cn)
Software
  BIOS: version 08.35
  NXOS: version 8.2(3)
"""


def session(answers: Mapping[str, str], prompt: str = "<core-1>") -> str:
    """What a terminal shows of these commands, to the last prompt."""
    return "".join(f"{prompt}{command}\n{answer}" for command, answer in answers.items()) + prompt + "\n"


def stamped(text: str, form: str = "[2026-11-20 16:00:00] ") -> str:
    return "".join(f"{form}{line}\n" for line in text.splitlines())


def read(folder: Path, files: Mapping[str, str | bytes], nameless: str = "") -> Logs:
    """Write files and read them as one import; times in them are those of China."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.replace("\n", "\r\n").encode() if isinstance(content, str) else content)
    return read_logs([folder / name for name in files], configured={}, nameless=nameless, zone=CHINA)


def only(logs: Logs) -> LoggedDevice:
    (device,) = logs.devices
    return device


def by_command(device: LoggedDevice) -> dict[str, Capture]:
    return {capture.command: capture for capture in device.captures}


def answers(device: LoggedDevice) -> dict[str, str]:
    """By command, what parsers see of it."""
    assert device.platform is not None, device.detail
    prompt = device.platform.prompt
    return {
        c.command: "".join(f"{line}\n" for line in clean(c.raw, c.command, prompt)) for c in device.captures
    }


def tidy(texts: Mapping[str, str]) -> dict[str, str]:
    return {name: "".join(f"{line.rstrip()}\n" for line in text.splitlines()) for name, text in texts.items()}

"""INOS-CN: the platform file: what is asked for, how a device is recognised, its prompt and its refusals."""

from pathlib import Path

import pytest

from collector.capture import CaptureStatus
from parsers.facts import FACT_NAMES, Reason, Unknown
from parsers.inspur_inos_cn import READERS
from parsers.reader import read_facts
from tests.parsers.inos_cn_outputs import FIXTURES, PLATFORM, capture, fixture

STATUSES = [
    (CaptureStatus.REFUSED, Reason.REFUSED),
    (CaptureStatus.NO_PRIVILEGE, Reason.NO_PRIVILEGE),
    (CaptureStatus.TIMED_OUT, Reason.TIMED_OUT),
    (CaptureStatus.CUT, Reason.CUT),
]


@pytest.mark.parametrize(("status", "reason"), STATUSES)
def test_unanswered_commands_make_every_fact_unknown(status: CaptureStatus, reason: Reason) -> None:
    facts = read_facts(PLATFORM, [capture(command, "x", status) for command in PLATFORM.commands()])
    found = {name: getattr(facts, name) for name in PLATFORM.facts}
    assert {name for name, fact in found.items() if not isinstance(fact, Unknown)} == set()
    assert {fact.reason for fact in found.values()} == {reason}


def test_every_fact_has_commands_and_a_reader() -> None:
    assert set(PLATFORM.facts) == set(READERS) <= set(FACT_NAMES)


IDENTIFY = [
    ("inos", fixture("show version", "inos_9x"), True),
    ("sysdescr", "ICNT NOS-CN(tm) inos, Software (inos-cn), Version 9.2(2), RELEASE SOFTWARE", True),
    ("inos-cn 7.3", "Inspur Operating System (INOS-CN) Software\n  system:    version 7.3(0)N1(1c)\n", True),
    ("nx-os 9", fixture("show version", "nxos_70"), False),
    ("nx-os 7.3", fixture("show version", "nxos_73"), False),
    ("inos 6", "Inspur INOS Software, CN61108PC-V-H, Version 6.6.6.R1.23\n", False),
    ("ios-like", "Inspur Internetwork Operating System Software\nS6650, Version 11.12.1a\n", False),
    ("comware", "H3C Comware Software, Version 7.1.070, Release 6616P05\n", False),
    ("vrp", "VRP (R) software, Version 8.191 (CE6857EI V200R019C10SPC800)\n", False),
]


@pytest.mark.parametrize(("case", "text", "ours"), IDENTIFY, ids=[case for case, _, _ in IDENTIFY])
def test_recognised_by_what_the_device_says(case: str, text: str, ours: bool) -> None:
    assert all(pattern.search(text) for pattern in PLATFORM.recognise) is ours


@pytest.mark.parametrize("line", ["lab-i1#", "demo_srv.i2>", "switch#"])
def test_prompt(line: str) -> None:
    assert PLATFORM.prompt.fullmatch(line)


@pytest.mark.parametrize(
    "line", ["!", "#", "banner motd #", "lab-i1(config)#", "<lab-i1>", "hostname lab-i1", ""]
)
def test_no_prompt(line: str) -> None:
    assert not PLATFORM.prompt.fullmatch(line)


REFUSALS = [
    ("refused", "           ^\n% Invalid command at '^' marker.\n"),
    ("refused", "           ^\n% Incomplete command at '^' marker.\n"),
    ("refused", "% Ambiguous command at '^' marker.\n"),
    ("refused", "Syntax error while parsing 'show foo'\n"),
    ("no_privilege", "% Permission denied for the role\n"),
    ("no_privilege", "% Authorization failed\n"),
]


@pytest.mark.parametrize(("kind", "text"), REFUSALS)
def test_refusal_texts(kind: str, text: str) -> None:
    other = {"refused": "no_privilege", "no_privilege": "refused"}[kind]
    assert any(pattern.search(text) for pattern in getattr(PLATFORM, kind))
    assert not any(pattern.search(text) for pattern in getattr(PLATFORM, other))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.txt")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_answer_looks_like_a_refusal(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not any(pattern.search(text) for pattern in (*PLATFORM.refused, *PLATFORM.no_privilege))

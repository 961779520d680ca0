"""VRP5: whatever a device prints, nothing is raised and nothing half understood passes as known."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.capture import Capture, CaptureStatus
from collector.simulator.texts import render
from parsers.facts import FACT_NAMES, Known, Partial, Reason, Unknown
from parsers.reader import read_facts, unread_lines
from parsers.text import clean
from tests.parsers.vrp5_outputs import ASKED, PLATFORM, RUNNING, SAVED, capture, fixture, read

DEMO = Path("collector/simulator/demo/demo-acc-w1")
STRANGE = "¿what is this?"


def file_of(command: str) -> Path:
    return DEMO / f"{command.replace('-', '_').replace(' ', '_')}.txt"


@cache
def texts() -> dict[str, str]:
    return {c: render(file_of(c).read_text("utf-8"), ASKED) for c in PLATFORM.commands()}


def resting_on(command: str) -> list[str]:
    """Facts that a command decides: it is the first choice of a step that may not be missing."""
    return [
        name
        for name, steps in PLATFORM.facts.items()
        if any(step.any_of[0] == command and not step.optional for step in steps)
    ]


COMMANDS = sorted(command for command in PLATFORM.commands() if resting_on(command))
PARSED = [command for command in COMMANDS if command not in (RUNNING, SAVED)]

# Free text, in which any line is possible, and what the configuration of this device does not hold.
NOT_LISTENED_TO = (
    "display lldp neighbor",
    "display bgp peer",
    "display isis peer",
    "display bfd session all",
    "display nqa results",
    "display vrrp brief",
)


def captures(command: str, text: str, status: CaptureStatus = CaptureStatus.OK) -> list[Capture]:
    """This command with this text, and what else the facts that rest on it need."""
    steps = [step for name in resting_on(command) for step in PLATFORM.facts[name]]
    others = {c: texts()[c] for step in steps if command not in step.any_of for c in step.any_of}
    return [capture(command, text, status), *(capture(c, t) for c, t in others.items())]


def test_everything_is_known_when_nothing_is_wrong() -> None:
    facts = read(texts())
    wrong = {name: getattr(facts, name) for name in PLATFORM.facts}
    # No prompt in these texts, so the name comes from the configuration.
    assert {name: fact for name, fact in wrong.items() if not isinstance(fact, Known)} == {}
    assert isinstance(facts.identity, Known)
    assert facts.identity.value.hostname == "demo-acc-w1"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (CaptureStatus.REFUSED, Reason.REFUSED),
        (CaptureStatus.NO_PRIVILEGE, Reason.NO_PRIVILEGE),
        (CaptureStatus.TIMED_OUT, Reason.TIMED_OUT),
        (CaptureStatus.CUT, Reason.CUT),
    ],
)
def test_what_was_not_answered_is_unknown_with_that_reason(
    command: str, status: CaptureStatus, reason: Reason
) -> None:
    facts = read_facts(PLATFORM, captures(command, "", status))
    for name in resting_on(command):
        fact = getattr(facts, name)
        assert isinstance(fact, Unknown), name
        assert fact.reason is reason, name


def test_without_the_configuration_only_what_rests_on_it_is_unknown() -> None:
    told = {c: t for c, t in texts().items() if c not in (RUNNING, SAVED)}
    facts = read({**told, "display version": told["display version"] + "<demo-acc-w1>"})
    lost = {name for name in PLATFORM.facts if isinstance(getattr(facts, name), Unknown)}
    assert lost == set(resting_on(RUNNING))
    assert lost >= {"users", "snmp", "vty", "acls", "saved_state", "services", "config"}


@pytest.mark.parametrize("name", FACT_NAMES)
def test_nobody_asked(name: str) -> None:
    fact = getattr(read({}), name)
    assert isinstance(fact, Unknown)
    assert fact.reason is (Reason.NOT_COLLECTED if name in PLATFORM.facts else Reason.UNSUPPORTED)


@given(st.data())
@settings(max_examples=100, deadline=timedelta(seconds=5))
def test_a_line_nobody_knows_never_passes_as_known(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from([c for c in PARSED if c not in NOT_LISTENED_TO]))
    lines = texts()[command].splitlines()
    at = data.draw(st.integers(min_value=0, max_value=len(lines)))
    text = "\n".join([*lines[:at], STRANGE, *lines[at:]])
    facts = read_facts(PLATFORM, captures(command, text))
    for name in resting_on(command):
        fact = getattr(facts, name)
        assert isinstance(fact, Partial | Unknown), name
        if isinstance(fact, Partial):
            assert {line.text for line in fact.unread} >= {STRANGE}


def test_a_line_nobody_knows_in_the_list_of_neighbours() -> None:
    """Apart from the others: a system description is free text, in which any line is possible."""
    text = fixture("display lldp neighbor", "switches").replace("Expired time", f"{STRANGE}\nExpired time", 1)
    facts = read({"display lldp neighbor": text})
    assert isinstance(facts.lldp, Partial)
    assert [row.remote_system for row in facts.lldp.value] == ["demo-core", "420000224"]
    assert [line.text for line in unread_lines(facts)] == [STRANGE]


@given(st.data())
@settings(max_examples=100, deadline=timedelta(seconds=5))
def test_nothing_is_raised_for_a_text_cut_anywhere(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(COMMANDS))
    text = texts()[command]
    end = data.draw(st.integers(min_value=0, max_value=len(text)))
    facts = read_facts(PLATFORM, captures(command, text[:end]))
    if command == RUNNING and end < len(text) - len("return\n"):
        assert isinstance(facts.vty, Unknown)


@given(st.data())
@settings(max_examples=100, deadline=timedelta(seconds=5))
def test_nothing_is_raised_for_lines_lost_doubled_or_spoilt(data: st.DataObject) -> None:
    command = data.draw(st.sampled_from(COMMANDS))
    lines = texts()[command].splitlines()
    for _ in range(data.draw(st.integers(min_value=1, max_value=4))):
        at = data.draw(st.integers(min_value=0, max_value=max(0, len(lines) - 1)))
        spoilt = data.draw(st.sampled_from(["lost", "doubled", "letters", "numbers"]))
        line = lines[at] if lines else ""
        lines[at : at + 1] = {
            "lost": [],
            "doubled": [line, line],
            "letters": [line.upper().swapcase()[::-1]],
            "numbers": ["".join("x" if c.isdigit() else c for c in line)],
        }[spoilt]
    read_facts(PLATFORM, captures(command, "\n".join(lines)))


# Which `display version` is this platform's: (text, is it)
VERSIONS = {
    "campus switch": (fixture("display version", "box"), True),
    "stack": (fixture("display version", "stack"), True),
    "chassis": (fixture("display version", "chassis"), True),
    "oldest": (fixture("display version", "oldest"), True),
    "data centre switch": ("VRP (R) software, Version 8.180 (CE6857EI V200R019C10SPC800)\n", False),
    "YunShan": ("VRP (R) software, Version 1.25.0.1 (S5700 V600R025C00SPC500)\n", False),
    "branch router": ("VRP (R) software, Version 5.170 (AR650 V300R019C11SPC200)\n", False),
    "core router": ("VRP (R) software, Version 8.211 (NE40E V800R021C10SPC600)\n", False),
    "Comware": ("H3C Comware Software, Version 7.1.070, Release 6616P05\n", False),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_the_platform_is_told_by_its_version(name: str) -> None:
    text, ours = VERSIONS[name]
    assert all(pattern.search(text) for pattern in PLATFORM.recognise) is ours


@pytest.mark.parametrize(
    ("line", "is_prompt"),
    [("<demo-acc-w1>", True), ("[V200R009C00SPC500]", False), ("[demo-acc-w1]", False), ("<a b>", False)],
)
def test_only_a_prompt_is_taken_off(line: str, is_prompt: bool) -> None:
    lines = clean(f"sysname a\n{line}".encode(), RUNNING, PLATFORM.prompt)
    assert lines == (("sysname a",) if is_prompt else ("sysname a", line))


# (what the device says, which patterns must find it)
ANSWERS = {
    "Error: Unrecognized command found at '^' position.": "refused",
    "          ^\nError: Wrong parameter found at '^' position.": "refused",
    "Error: You do not have permission to run the command or the command is incomplete.": "no_privilege",
    "Error[1]: Incomplete command found at '^' position.": "refused",
    "Error: No permission to run the command.": "no_privilege",
    "Error: Failed to pass the authorization.": "no_privilege",
    "Info: No valid trunk in the system.": "",
    "Error: Global LLDP is not enabled.": "",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_refusals_are_told_from_answers(answer: str) -> None:
    patterns = {"refused": PLATFORM.refused, "no_privilege": PLATFORM.no_privilege}
    found = [name for name, ones in patterns.items() if any(pattern.search(answer) for pattern in ones)]
    assert found == ([ANSWERS[answer]] if ANSWERS[answer] else [])

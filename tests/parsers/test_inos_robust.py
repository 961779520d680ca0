"""INOS-CN: what is empty, impossible or damaged never becomes a value."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.facts import Known, Partial, Reason, Unknown
from tests.parsers.inos_cn_outputs import ALL_ON, BY_SNAKE, FIXTURES, PLATFORM, fixture, read

MUST_HOLD_SOMETHING = [
    "identity", "software", "uptime", "stack", "boards", "inventory", "cpu", "memory", "temperatures", "fans",
    "power_supplies", "interfaces", "stp", "startup", "clock",
]  # fmt: skip


@pytest.mark.parametrize("fact", MUST_HOLD_SOMETHING)
def test_an_empty_answer_is_not_an_empty_device(fact: str) -> None:
    outputs = {command: "\n" for step in PLATFORM.facts[fact] for command in step.any_of}
    unknown = getattr(read(outputs), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.UNPARSED


IMPOSSIBLE = [
    ("cpu", "show system resources", "CPU states  :   2.10% user,   11.60% kernel,   186.30% idle\n"),
    (
        "memory",
        "show system resources",
        (
            "CPU states  :   2.10% user,   11.60% kernel,   86.30% idle\n"
            "Memory usage:   100K total,   200K used,   0K free\n"
        ),
    ),
    ("clock", "show clock", "25:61:00 UTC Mon Oct 19 2015\n"),
    ("clock", "show clock", "10:00:00 UTC Mon Foo 19 2015\n"),
    ("optics", "show interface transceiver details", "Ethernet1/1\n    type is 10Gbase-SR\n"),
]


@pytest.mark.parametrize(("fact", "command", "text"), IMPOSSIBLE)
def test_impossible_values_are_unreadable(fact: str, command: str, text: str) -> None:
    unknown = getattr(read({command: text}), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason.UNPARSED


def test_the_clock_evidence_says_which_value_is_wrong() -> None:
    unknown = read({"show clock": "10:00:00 UTC Mon Foo 19 2015\n"}).clock
    assert isinstance(unknown, Unknown)
    assert "Foo" in unknown.detail


# Those that facts rest on; a template of another command is only read when somebody has its output.
ALL = [path for path in sorted(FIXTURES.glob("*/*.txt")) if path.parent.name in BY_SNAKE]


NOISE = "@@ no device prints this @@"
# What a neighbour says of itself may be any text at all.
FREE_TEXT = {"show lldp neighbors detail"}


@settings(deadline=None, max_examples=60)
@given(path=st.sampled_from(ALL), at=st.integers(0, 2000))
def test_truncated_output_never_raises(path: Path, at: int) -> None:
    text = path.read_text("utf-8")[:at]
    read({BY_SNAKE[path.parent.name]: text, "show running-config": ALL_ON})


@settings(deadline=None, max_examples=120)
@given(path=st.sampled_from(ALL), data=st.data())
def test_an_unknown_line_is_never_known(path: Path, data: st.DataObject) -> None:
    command = BY_SNAKE[path.parent.name]
    lines = path.read_text("utf-8").splitlines()
    lines.insert(data.draw(st.integers(0, len(lines))), NOISE)
    others = {
        f"show install {s}": fixture(f"show install {s}", "none") for s in ("active", "committed", "inactive")
    }
    facts = read({**others, "show running-config": ALL_ON, command: "\n".join(lines)})
    for name, steps in PLATFORM.facts.items():
        if any(command in step.any_of for step in steps) and command not in FREE_TEXT:
            fact = getattr(facts, name)
            assert not isinstance(fact, Known), name
            if isinstance(fact, Partial):
                assert fact.unread[0].text == NOISE


@settings(deadline=None, max_examples=120)
@given(path=st.sampled_from(ALL), data=st.data())
def test_lost_and_damaged_lines_never_raise(path: Path, data: st.DataObject) -> None:
    lines = path.read_text("utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        if not lines:
            break
        at = data.draw(st.integers(0, len(lines) - 1))
        if data.draw(st.booleans()):
            del lines[at]
        else:
            cut = data.draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:cut] + data.draw(st.text(max_size=8)) + lines[at][cut + 1 :]
    read({BY_SNAKE[path.parent.name]: "\n".join(lines), "show running-config": ALL_ON})

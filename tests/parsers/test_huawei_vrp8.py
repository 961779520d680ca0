"""VRP8: the platform file, unanswered commands, and outputs that are damaged."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from collector.capture import CaptureStatus
from parsers.facts import Facts, Known, Partial, Reason, Unknown
from parsers.reader import read_facts
from tests.parsers import (
    test_attacks,
    test_hardening,
    test_ip_settings,
    test_routing_settings,
    test_vrp8_config,
    test_vrp8_hardware,
    test_vrp8_network,
    test_vrp8_routing,
    test_vrp8_system,
    test_vrp8_tables,
    test_vrp8_upkeep,
)
from tests.parsers.vrp8_outputs import (
    CONFIG,
    FIXTURES,
    MLAG,
    MLAG_BRIEF,
    NTP_ON,
    PLATFORM,
    ROUTED,
    RUNNING,
    TABLE_USE,
    VERSION,
    capture,
    fixture,
    plain,
    read,
)

TABLES = (
    test_vrp8_config.CASES,
    test_vrp8_hardware.CASES,
    test_vrp8_network.CASES,
    test_vrp8_routing.CASES,
    test_vrp8_system.CASES,
    test_vrp8_tables.CASES,
    test_vrp8_upkeep.CASES,
)


def test_every_fact_of_the_platform_has_a_case() -> None:
    tested = {fact for table in TABLES for fact, _, _ in table.values()}
    tested |= test_hardening.FACTS | test_routing_settings.FACTS | test_attacks.FACTS | test_ip_settings.FACTS
    assert tested | {"config"} == set(PLATFORM.facts)


@pytest.mark.parametrize("status", [s for s in CaptureStatus if s is not CaptureStatus.OK])
@pytest.mark.parametrize("fact", sorted(PLATFORM.facts))
def test_unanswered_commands_make_a_fact_unknown(fact: str, status: CaptureStatus) -> None:
    """Whatever text came with a refusal, a loss of privilege, a timeout or a cut is not used."""
    captures = [
        capture(command, "anything", status) for step in PLATFORM.facts[fact] for command in step.any_of
    ]
    unknown = getattr(read_facts(PLATFORM, captures), fact)
    assert isinstance(unknown, Unknown)
    assert unknown.reason is Reason(status.value)


def test_second_command_is_read_when_the_first_is_refused() -> None:
    captures = [
        capture("display cpu", "Error: Unrecognized command found at '^' position.", CaptureStatus.REFUSED),
        capture("display cpu-usage", fixture("display cpu-usage", "v200r019")),
    ]
    load = read_facts(PLATFORM, captures).cpu
    assert isinstance(load, Known)
    assert load.value[0].used_5m_pct == 61.0


# --- the platform file ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (VERSION, True),
        (fixture("display version", "ce6881_v300"), True),
        (VERSION.replace("8.191 (CE6857EI", "5.170 (S5735").replace("CE6857-48S6CQ-EI", "S5735"), False),
        (VERSION.replace("8.191 (CE6857EI", "8.211 (NE40E").replace("CE6857-48S6CQ-EI", "NE40E-X8A"), False),
        ("VRP (R) software, Version 8.191 (CE6857EI V200R019C10SPC800)\n", False),
        ("H3C Comware Software, Version 7.1.070, Release 6616P05\n", False),
        ("ICNT NOS-CN(tm) inos, Software (inos-cn)\n", False),
    ],
)
def test_platform_is_recognised_by_its_version(text: str, ours: bool) -> None:
    assert all(pattern.search(text) for pattern in PLATFORM.recognise) is ours


@pytest.mark.parametrize(
    ("line", "is_prompt"),
    [
        ("<demo-agg-w1>", True),
        ("<HUAWEI_1.demo>", True),
        ("[~demo-agg-w1]", True),
        ("[*demo-agg-w1-10GE1/0/1]", True),
        ("[V200R019C10SPC800]", False),
        ("<not a prompt>", False),
        ("sysname demo", False),
        ("return", False),
    ],
)
def test_prompt(line: str, is_prompt: bool) -> None:
    assert bool(PLATFORM.prompt.fullmatch(line)) is is_prompt


@pytest.mark.parametrize(
    ("text", "refused", "no_privilege"),
    [
        ("                 ^\nError: Unrecognized command found at '^' position.\n", True, False),
        ("           ^\nError[1]: Unrecognized command found at '^' position.\n", True, False),
        ("  ^\nError: Wrong parameter found at '^' position.\n", True, False),
        ("Error: You do not have permission to run the command or the command is incomplete.\n", False, True),
        (CONFIG, False, False),
    ],
)
def test_refusals(text: str, refused: bool, no_privilege: bool) -> None:
    assert any(pattern.search(text) for pattern in PLATFORM.refused) is refused
    assert any(pattern.search(text) for pattern in PLATFORM.no_privilege) is no_privilege


# --- damaged outputs ------------------------------------------------------------------------------

SAMPLES = [
    (command, path.read_text("utf-8"))
    for command in PLATFORM.commands()
    for path in sorted((FIXTURES / command.replace("-", "_").replace(" ", "_")).glob("*.txt"))
]
UNKNOWN_LINE = "nobody has ever seen this line 4711"


def facts_that_read(command: str) -> list[str]:
    return [
        name
        for name, steps in PLATFORM.facts.items()
        if any(command in step.any_of for step in steps)
        # The version only matters to the stack where `display stack` was not answered.
        and not (name in ("stack", "stack_ports") and command == "display version")
    ]


def with_the_rest(command: str, text: str) -> dict[str, str]:
    """The other outputs that facts of this command rest on, whole."""
    rest = {
        RUNNING: ROUTED,
        "display version": VERSION,
        "display ntp status": NTP_ON,
        "display stp brief": fixture("display stp brief", "protection"),
        MLAG: fixture(MLAG, "two_nodes"),
        MLAG_BRIEF: fixture(MLAG_BRIEF, "mode"),
        **TABLE_USE,
    }
    steps = [step for steps in PLATFORM.facts.values() for step in steps if command in step.any_of]
    rivals = {other for step in steps for other in step.any_of}
    return {other: said for other, said in rest.items() if other not in rivals} | {command: text}


@pytest.mark.parametrize(("command", "text"), SAMPLES)
@pytest.mark.parametrize("first", [True, False])
def test_unknown_line_is_never_passed_over(command: str, text: str, first: bool) -> None:
    damaged = f"{UNKNOWN_LINE}\n{text}" if first else f"{text.rstrip()}\n{UNKNOWN_LINE}\n"
    facts = read(with_the_rest(command, damaged))
    for name in facts_that_read(command):
        fact = getattr(facts, name)
        assert not isinstance(fact, Known), name
        if isinstance(fact, Partial):
            assert [line.text for line in fact.unread if line.text == UNKNOWN_LINE]


@pytest.mark.parametrize(("command", "text"), SAMPLES)
def test_time_in_front_of_an_output_changes_nothing(command: str, text: str) -> None:
    asked, stamped = (
        read(with_the_rest(command, f"{stamp}{text}"))
        for stamp in ("", "2024-05-25 13:30:41.274 +03:00 DST\n")
    )
    for name in facts_that_read(command):
        before, after = getattr(asked, name), getattr(stamped, name)
        assert type(after) is type(before)
        assert plain(getattr(after, "value", None)) == plain(getattr(before, "value", None))


@settings(max_examples=100, deadline=None)
@given(sample=st.sampled_from(SAMPLES), data=st.data())
def test_unknown_line_anywhere_is_never_passed_over(sample: tuple[str, str], data: st.DataObject) -> None:
    command, text = sample
    # Inside a neighbour's description of itself any line is part of it.
    assume(command != "display lldp neighbor")
    lines = text.splitlines()
    lines.insert(data.draw(st.integers(0, len(lines))), UNKNOWN_LINE)
    facts = read(with_the_rest(command, "\n".join(lines)))
    assert not [name for name in facts_that_read(command) if isinstance(getattr(facts, name), Known)]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=st.sampled_from(SAMPLES), data=st.data())
def test_damage_never_raises_and_garbage_is_never_known(sample: tuple[str, str], data: st.DataObject) -> None:
    command, text = sample
    lines = text.splitlines()
    kept = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    lines = [line for line, keep in zip(lines, kept, strict=True) if keep]
    at = data.draw(st.integers(0, len(lines)))
    lines.insert(at, data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=40)))
    cut = data.draw(st.integers(0, len("\n".join(lines))))
    facts = read(with_the_rest(command, "\n".join(lines)[:cut]))
    assert isinstance(facts, Facts)
    for name in facts_that_read(command):
        fact = getattr(facts, name)
        if isinstance(fact, Partial):
            assert fact.unread


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=200), fact=st.sampled_from(sorted(PLATFORM.facts)))
def test_arbitrary_text_never_raises(text: str, fact: str) -> None:
    outputs = {command: text for step in PLATFORM.facts[fact] for command in step.any_of}
    assert isinstance(getattr(read(outputs), fact), Known | Partial | Unknown)

"""Facts written down and read back are the same facts, but for secrets."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.capture import Capture, CaptureStatus
from collector.platform import platforms
from collector.simulator.site import load_plan
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import FACT_NAMES, NOT_ASKED, Facts, Known, Partial, Reason, Unknown, UnreadLine
from parsers.masking import MASK, mask_line, mask_lines
from parsers.reader import read_facts
from parsers.seen import Seen
from parsers.stored_facts import StoredFactsError, dump_facts, load_facts, masked, version
from tests.injected import demo_outputs, platform_of

DEVICES = tuple(device.name for device in load_plan().devices)
AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
HARMLESS = st.text("abxyz019 /-.温", max_size=8)
SEEN = st.builds(
    Seen, st.sampled_from(["aa" * 32, "bb" * 32]), HARMLESS, st.lists(st.integers(1, 99)).map(tuple)
)
st.register_type_strategy(Seen, SEEN)
# No device prints which of two equal hours of autumn it means.
st.register_type_strategy(
    datetime, st.datetimes(timezones=st.sampled_from([None, UTC])).map(lambda t: t.replace(fold=0))
)


@cache
def facts_of(name: str) -> Facts:
    captures = [
        Capture(
            device=name,
            command=command,
            status=CaptureStatus.OK,
            raw=text.encode(),
            started_at=AT,
            elapsed_s=0.1,
        )
        for command, text in demo_outputs(name).items()
    ]
    return read_facts(platforms()[platform_of(name)], captures)


def without_secrets(value: Any) -> Any:
    """The same value with every string masked, made another way than by writing it down."""
    match value:
        case ConfigTree():
            texts = iter(mask_lines(line.text for line in value.walk()))
            return replace(value, lines=tuple(_line(line, texts) for line in value.lines))
        case Seen() | Reason():
            return value
        case str():
            return mask_line(value)
        case tuple():
            return tuple(without_secrets(each) for each in value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            changed = {f.name: without_secrets(getattr(value, f.name)) for f in fields(value)}
            return type(value)(**changed)
        case _:
            return value


def _line(line: ConfigLine, texts: Any) -> ConfigLine:
    text = next(texts)
    return ConfigLine(line.number, text, tuple(_line(child, texts) for child in line.children))


@pytest.mark.parametrize("name", DEVICES)
def test_facts_of_every_kind_of_device_come_back(name: str) -> None:
    facts = facts_of(name)
    back = load_facts(dump_facts(facts))
    expected = without_secrets(facts)
    assert {n: getattr(back, n) for n in FACT_NAMES} == {n: getattr(expected, n) for n in FACT_NAMES}
    assert dump_facts(back) == dump_facts(facts)
    assert masked(facts) == back


def test_the_samples_have_most_facts() -> None:
    """Else the test above would show little."""
    known = {n for name in DEVICES for n in FACT_NAMES if isinstance(getattr(facts_of(name), n), Known)}
    assert len(known) > 0.8 * len(FACT_NAMES)


@pytest.mark.parametrize("fact", FACT_NAMES)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_whatever_a_fact_may_hold_comes_back(fact: str, data: st.DataObject) -> None:
    facts = Facts(**{fact: data.draw(any_fact(fact))})
    assert without_nan(load_facts(dump_facts(facts))) == without_nan(without_secrets(facts))


def any_fact(name: str) -> st.SearchStrategy[Any]:
    if name == "config":
        return st.sampled_from([CONFIG, NOT_ASKED])
    kind = get_args(get_args(get_type_hints(Facts)[name])[0])[0]
    rows = get_origin(kind) is tuple
    value = st.lists(st.from_type(get_args(kind)[0]), max_size=2).map(tuple) if rows else st.from_type(kind)
    sources = st.lists(SEEN, max_size=2).map(tuple)
    unread = st.lists(st.from_type(UnreadLine), max_size=2).map(tuple)
    return st.one_of(
        st.builds(Known, value, sources),
        st.builds(Partial, value, unread, sources),
        st.builds(Unknown, st.sampled_from(Reason), HARMLESS, sources, unread),
    )


CONFIG = Known(
    ConfigTree(
        "display current-configuration",
        "cc" * 32,
        (
            ConfigLine(1, "a", (ConfigLine(2, "b", (ConfigLine(3, "c"),)), ConfigLine(4, "d"))),
            ConfigLine(6, "e", (ConfigLine(7, "f"),)),
            ConfigLine(9, "g"),
        ),
    )
)


def without_nan(facts: Facts) -> str:
    """As text, where what is not a number is equal to itself."""
    return repr(facts)


def test_secrets_of_a_configuration_are_not_written() -> None:
    secret = ConfigLine(2, "password cipher Fict1onal-0001")
    tree = ConfigTree("display current-configuration", "cc" * 32, (ConfigLine(1, "user x", (secret,)),))
    text = dump_facts(Facts(config=Known(tree)))
    assert b"Fict1onal" not in text
    assert f"password cipher {MASK}".encode() in text


def test_of_what_was_never_asked_nothing_is_written() -> None:
    assert json.loads(dump_facts(Facts()))["facts"] == {}
    assert load_facts(dump_facts(Facts())) == Facts()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{}",
        b"[1]",
        b"\xff\xfe",
        dump_facts(Facts()).replace(version().encode(), b"0.0 0000"),
        dump_facts(facts_of("demo-core"))[:-40],
        dump_facts(Facts(fans=Unknown(Reason.CUT))).replace(b'"cut"', b'"because"'),
        dump_facts(Facts(config=CONFIG)).replace(b'"value":[0,', b'"value":[7,'),
    ],
)
def test_what_is_no_facts_of_this_version_is_refused(text: bytes) -> None:
    with pytest.raises(StoredFactsError):
        load_facts(text)

"""Comparison: every planted difference once, the same from both sides, nothing where nothing changed."""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselines.comparing import ComparisonRules, ExpectedChange, Place, load_comparison_rules
from checks.comparison import Change, ChangeVerdict, Comparison, Inspected, Side, compare, known_fields
from checks.comparison.rows import KINDS
from checks.words import REASON_WORDS
from collector.simulator.site import load_plan
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import Facts, Fan, Known, LldpNeighbor, Location, Partial, Reason, Unknown, UnreadLine
from parsers.seen import Seen
from parsers.stored_facts import masked
from tests.parsers.test_stored_facts import facts_of
from tests.records import BEGAN, device, fault

RULES = load_comparison_rules(None, known_fields())
DEVICES = tuple(d.name for d in load_plan().devices if d.name not in load_plan().unreachable)


@cache
def demo(name: str) -> Facts:
    return masked(facts_of(name))


def side(run: str, *devices: Inspected, site: str = "hq", inventory: tuple[str, ...] | None = None) -> Side:
    names = tuple(each.name for each in devices) if inventory is None else inventory
    at = BEGAN if run == "A" else BEGAN + timedelta(days=30)
    return Side(run_id=run, site=site, at=at, devices=devices, inventory=names)


def one(facts: Facts | None, name: str = "sw-1", **what: Any) -> Inspected:
    return Inspected(name=name, facts=facts, **what)


def between(old: Facts | None, new: Facts | None, rules: ComparisonRules = RULES) -> Comparison:
    return compare(side("A", one(old)), side("B", one(new)), rules)


@pytest.mark.parametrize("name", DEVICES)
def test_an_unchanged_device_has_no_change(name: str) -> None:
    found = between(demo(name), demo(name))
    assert found.changes == ()
    assert {gap.label for gap in found.gaps if "判定" not in gap.why} <= {k.label for k in KINDS} | {
        "日志",
        "运行配置",
    }
    assert found.devices == 1


# --- planted differences -------------------------------------------------------------------------

PLANTABLE = [
    (name, kind, field)
    for name in DEVICES
    for kind in KINDS
    if isinstance(getattr(demo(name), kind.fact), Known) and kind.things(demo(name))
    for field in ("", *kind.fields)
    if kind.rows.__name__ == "<lambda>" or kind.fact in ("software", "identity", "startup")
]
"""Device, kind and field; the empty field stands for a thing that is gone."""


def other(value: Any) -> Any:
    """A value that differs beyond every tolerance."""
    match value:
        case None:
            return "something"
        case bool():
            return not value
        case int() | float():
            return value * 3 + 5_000_000
        case tuple():
            return (*value, 4094)
        case _:
            return f"{value} or other"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLANTABLE), st.integers(0, 10_000), st.booleans())
def test_every_planted_difference_is_told_once_and_from_both_sides(
    what: tuple[str, Any, str], pick: int, mirror: bool
) -> None:
    name, kind, field = what
    facts = demo(name)
    fact = getattr(facts, kind.fact)
    rows = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    chosen = pick % len(rows)
    if field == "" and not isinstance(fact.value, tuple):
        return
    if field:
        changed = replace(rows[chosen], **{field: other(getattr(rows[chosen], field))})
        planted: Any = (*rows[:chosen], changed, *rows[chosen + 1 :])
    else:
        planted = (*rows[:chosen], *rows[chosen + 1 :])
    if not isinstance(fact.value, tuple):
        (planted,) = planted
    new = replace(facts, **{kind.fact: Known(planted, fact.sources)})
    key = kind.key(rows[chosen])
    twins = sum(kind.key(row) == key for row in rows) > 1
    pair = (new, facts) if mirror else (facts, new)
    found = [c for c in between(*pair).changes if c.kind == kind.name]
    if twins and not field:
        assert len(found) >= 1
        return
    expected = kind.fields.get(field, "")
    assert [(c.object.split(" #")[0], c.field) for c in found] == [(key, expected)]
    assert mirrored(found[0]) == next(c for c in between(pair[1], pair[0]).changes if c.kind == kind.name)


def mirrored(change: Change) -> Change:
    turned = {"added": "removed", "removed": "added", "changed": "changed"}[change.change]
    return replace(change, before=change.after, after=change.before, change=turned)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(DEVICES), st.sampled_from(DEVICES))
def test_comparison_is_symmetric(first: str, second: str) -> None:
    """Of any two devices: what one has more, the other has less."""
    there, back = between(demo(first), demo(second)), between(demo(second), demo(first))
    plain = {replace(mirrored(c), verdict=ChangeVerdict.UNEXPLAINED, why="") for c in there.changes}
    assert plain == {replace(c, verdict=ChangeVerdict.UNEXPLAINED, why="") for c in back.changes}
    assert len(there.changes) == len(plain) == len(back.changes)
    assert there.unchanged == back.unchanged
    assert bool(there.changes) == (first != second)


LINES = st.lists(st.sampled_from(["a", "b", "c", "d 1", "d 2"]), unique=True, max_size=4)
BLOCKS = st.dictionaries(
    st.sampled_from(["interface 1", "interface 2", "ospf 1", "vlan 7"]), LINES, max_size=4
)


def config(blocks: dict[str, list[str]], *more: str) -> Facts:
    lines = tuple(
        ConfigLine(n, header, tuple(ConfigLine(n * 10 + m, text) for m, text in enumerate(below)))
        for n, (header, below) in enumerate(blocks.items(), 1)
    )
    tail = tuple(ConfigLine(900 + n, text) for n, text in enumerate(more))
    return Facts(config=Known(ConfigTree("display current-configuration", "cc" * 32, (*lines, *tail))))


@given(BLOCKS, BLOCKS)
def test_a_configuration_is_compared_block_by_block(
    old: dict[str, list[str]], new: dict[str, list[str]]
) -> None:
    found = {c.object: c for c in between(config(old), config(new)).changes}
    differing = {h for h in old | new if h not in old or h not in new or set(old[h]) != set(new[h])}
    assert found.keys() == differing
    for header, change in found.items():
        was, now = set(old.get(header, ())), set(new.get(header, ()))
        kinds = {(True, True): "changed", (True, False): "removed", (False, True): "added"}
        assert change.change == kinds[header in old, header in new]
        assert set(change.before.split("\n")) - {"", header} == was - now
        assert set(change.after.split("\n")) - {"", header} == now - was


def test_order_and_volatile_lines_are_no_change() -> None:
    old = config({"interface 1": ["a", "b"]}, "!Time: 2026-01-01", "ntp clock-period 17")
    new = config({"interface 1": ["b", "a"]}, "!Time: 2026-02-01", "ntp clock-period 18", "return")
    assert between(old, new).changes == ()


def test_a_line_that_stands_once_more_is_a_change() -> None:
    old, new = config({"acl 1": ["permit any"]}), config({"acl 1": ["permit any", "permit any"]})
    (change,) = between(old, new).changes
    assert (change.object, change.before, change.after) == ("acl 1", "", "permit any")


# --- what is not compared ------------------------------------------------------------------------

SEEN = Seen("ab" * 32, "display fan", (3,))
FAN = Fan(seen=SEEN, location=Location(), name="Fan 1", present=True, state="Normal")
GOOD = Facts(fans=Known((FAN,)))


def test_what_one_side_does_not_know_is_a_gap_and_no_change() -> None:
    found = between(GOOD, Facts(fans=Unknown(Reason.REFUSED)))
    assert found.changes == ()
    assert [g.why for g in found.gaps if g.label == "风扇"] == ["本次" + REASON_WORDS[Reason.REFUSED]]


def test_what_was_read_in_part_is_compared_and_told() -> None:
    partly = Facts(fans=Partial((replace(FAN, state="Fault"),), (UnreadLine("display fan", 3, "?"),)))
    found = between(GOOD, partly)
    assert [c.after for c in found.changes] == ["Fault"]
    assert "本次部分未能识别" in [g.why for g in found.gaps if g.label == "风扇"]


def test_a_device_that_was_not_inspected_is_told() -> None:
    found = between(GOOD, None)
    assert [(c.field, c.before, c.after) for c in found.changes] == [("巡检情况", "已检", "未检")]
    assert found.devices == 0
    assert [g.label for g in found.gaps] == ["整机"]


def test_devices_that_came_and_went() -> None:
    found = compare(side("A", one(GOOD, "old")), side("B", one(GOOD, "new")), RULES)
    assert [(c.device, c.change) for c in found.changes] == [("new", "added"), ("old", "removed")]


def test_a_renamed_device_is_known_by_its_serial_number() -> None:
    facts = demo("demo-core")
    found = compare(side("A", one(facts, "old")), side("B", one(facts, "new")), RULES)
    assert [(c.device, c.field, c.before, c.after) for c in found.changes] == [("new", "名称", "old", "new")]
    both = ("old", "new")
    apart = compare(side("A", one(facts, "old")), side("B", one(facts, "new"), inventory=both), RULES)
    assert {c.change for c in apart.changes} == {"added", "removed"}


def test_findings_are_compared_as_far_as_both_have_looked() -> None:
    checks = ("HW-003", "OPT-001")
    was = device("sw-1", fault("HW-003", "Fan 1"), fault("OPT-001", "XGE1"))
    now = device("sw-1", fault("HW-003", "Fan 2"), unsure={"OPT-001": ()})
    found = compare(
        side("A", one(GOOD, record=was, checks=checks)),
        side("B", one(GOOD, record=now, checks=checks)),
        RULES,
    )
    told = {(c.object, c.change, c.verdict) for c in found.changes}
    assert told == {
        ("HW-003 Fan 1", "removed", ChangeVerdict.EXPECTED),
        ("HW-003 Fan 2", "added", ChangeVerdict.UNEXPLAINED),
    }
    assert [g.why for g in found.gaps if g.label == "问题"] == ["OPT-001 XGE1：本次未检查"]


# --- rules ---------------------------------------------------------------------------------------


def neighbor(name: str) -> Facts:
    row = LldpNeighbor(seen=SEEN, local_port="XGE1", remote_system=name, remote_port="1")
    return Facts(lldp=Known((row,)))


def test_a_declared_change_is_expected_and_no_other() -> None:
    declared = ExpectedChange(kind="neighbors", object="XGE1*new*", change="added", why="变更 1234")
    rules = RULES.model_copy(update={"expected": (declared,)})
    found = between(neighbor("old"), neighbor("new"), rules)
    assert [(c.change, c.verdict, c.why) for c in found.changes] == [
        ("added", ChangeVerdict.EXPECTED, "变更 1234"),
        ("removed", ChangeVerdict.UNEXPLAINED, ""),
    ]


def test_what_is_to_be_ignored_is_not_told() -> None:
    rules = RULES.model_copy(update={"ignored": (Place(kind="fans", field="state"),)})
    worse = Facts(fans=Known((replace(FAN, state="Fault"),)))
    assert between(GOOD, worse, rules).changes == ()
    assert len(between(GOOD, Facts(fans=Known(())), rules).changes) == 1


@pytest.mark.parametrize(("by", "told"), [(7.9, 0), (8.0, 0), (8.1, 1)])
def test_tolerances_are_limits(by: float, told: int) -> None:
    row = demo("demo-core").temperatures.value[0]  # type: ignore[union-attr]
    old = Facts(temperatures=Known((replace(row, celsius=40.0),)))
    new = Facts(temperatures=Known((replace(row, celsius=40.0 + by),)))
    assert len(between(old, new).changes) == told
    assert len(between(new, old).changes) == told


def test_a_run_is_compared_neither_with_itself_nor_with_another_site() -> None:
    with pytest.raises(ValueError, match="itself"):
        compare(side("A", one(GOOD)), side("A", one(GOOD)), RULES)
    with pytest.raises(ValueError, match="branch"):
        compare(side("A", one(GOOD)), side("B", one(GOOD), site="branch"), RULES)


def test_every_compared_field_is_there() -> None:
    """A fact or field that is renamed would otherwise be compared no more."""
    names = {f.name for f in fields(Facts)}
    assert {kind.fact for kind in KINDS} <= names
    assert is_dataclass(FAN)
    assert len({kind.name for kind in KINDS}) == len(KINDS)

"""Catalogue, registry, baseline and tables of cases agree, and the tables can tell a broken check."""

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module

import pytest

from baselines.parameters import ROWS
from checks.check import Check, Context, run
from checks.hardening.filling import by_object
from checks.registry import CHECKS, by_id, select
from checks.texts import check_texts
from checks.verdict import Outcome, Result, Severity, failed, not_applicable, passed
from checks.words import FACT_WORDS, OUTCOME_WORDS, REASON_WORDS, SEVERITY_WORDS
from parsers.facts import FACT_NAMES, Known, Partial, Reason, Unknown
from tests.checks.case import SOURCE, UNREAD, Case, context_of, device_of, facts_of, short

GROUPS = (
    "environment",
    "hardware",
    "boards",
    "self_tests",
    "storage",
    "assets",
    "poe",
    "system",
    "tables",
    "interfaces",
    "ports",
    "errors",
    "link_ends",
    "optics",
    "optic_values",
    "switching",
    "loops",
    "trees",
    "routing",
    "gateways",
    "routes",
    "routing_settings",
    "redundancy",
    "mlag",
    "single_points",
    "readiness",
    "log_events",
    "logs",
    "clock",
    "management",
    "access",
    "accounts",
    "alarms",
    "attacks",
    "monitoring",
    "data_plane",
    "acls",
    "self_protection",
    "ip_settings",
    "user_ports",
    "management_network",
    "configuration",
    "licences",
    "boot",
    "alike",
    "site",
    "changes",
    "conformity",
)
TABLES = [import_module(f"tests.checks.test_{group}") for group in GROUPS]
CASES: list[Case] = [case for table in TABLES for case in table.CASES]
VERSIONS = ("VER-001", "VER-002", "VER-003", "VER-004", "VER-005", "VER-006", "VER-008")
"""Their cases stand in a table of another form, in test_versions.py."""
TABLED = tuple(check for check in CHECKS if check.id not in VERSIONS)

# What each check can say of known facts stands beside its cases. Facts that are not known are tested below,
# for all alike.
VERDICTS: dict[str, str] = {check: said for table in TABLES for check, said in table.VERDICTS.items()}


def of(check_id: str) -> list[Case]:
    return [case for case in CASES if case.check == check_id]


def hold_all(check: Check) -> None:
    for case in of(check.id):
        case.hold(check)


def kind(result: Result) -> str:
    """Severity or reason; `lacking` marks a fail that needs the whole output, as it rests on absence."""
    said = result.severity or result.reason or result.outcome
    return f"{said} lacking" if result.rests_on_absence else said


def test_every_check_has_text_parameters_and_cases() -> None:
    ids = [check.id for check in CHECKS]
    assert ids == list(check_texts())
    assert sorted(ids) == sorted(ROWS)
    assert {case.check for case in CASES} | set(VERSIONS) == set(ids)
    assert VERDICTS.keys() | set(VERSIONS) == set(ids)


def test_remedies_for_one_object_name_objects_that_the_check_finds_fault_with() -> None:
    named = {
        (text.id, object_)
        for text in check_texts().values()
        for remedy in (*text.remediation.values(), *text.rollback.values())
        for object_, _ in by_object(remedy)
        if object_
    }
    found = {
        (case.check, result.object)
        for case in CASES
        for result in case.results()
        if result.outcome is Outcome.FAIL
    }
    assert ("CTL-005", "定向广播") in named
    assert named - found == set()


def test_no_two_cases_have_one_name() -> None:
    names = [str(case) for case in CASES]
    assert [name for name in set(names) if names.count(name) > 1] == []


@pytest.mark.parametrize("check", TABLED, ids=lambda check: check.id)
def test_cases_reach_every_verdict_and_no_other(check: Check) -> None:
    reached = {kind(result) for case in of(check.id) for result in case.results()}
    assert reached == set(VERDICTS[check.id].split(", "))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_needs_are_names_of_facts(check: Check) -> None:
    manual = check_texts()[check.id].mode == "manual"
    assert check.needs or check.of or manual, "what nobody fills in needs no facts"
    assert set(check.of) <= {each.id for each in CHECKS if not each.of}
    assert set(check.facts) <= set(FACT_NAMES)
    assert len(set(check.facts)) == len(check.facts)


# --- what is not known is never fine --------------------------------------------------------------


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize(("check", "fact"), [(c, f) for c in TABLED for f in c.needs], ids=str)
def test_a_missing_fact_is_not_assessed_with_its_reason(check: Check, fact: str, reason: Reason) -> None:
    for case in of(check.id):
        if check.unless(device_of(case)):
            continue
        lacking = replace(case, facts={**case.facts, fact: Unknown(reason, "why", (SOURCE,))})
        results = lacking.results()
        assert [(r.outcome, r.reason) for r in results] == [(Outcome.NOT_ASSESSED, reason)]
        assert "why" in results[0].message
        assert FACT_WORDS[fact] in results[0].message


@pytest.mark.parametrize("check", TABLED, ids=lambda check: check.id)
def test_a_partly_read_fact_never_passes(check: Check) -> None:
    for case in of(check.id):
        for fact in () if check.unless(device_of(case)) else check.needs:
            partly = replace(case, facts={**case.facts, fact: _partial(case, fact)})
            results = partly.results()
            assert not {Outcome.PASS, Outcome.NOT_APPLICABLE} & {result.outcome for result in results}
            whole = [result for result in case.results() if result.outcome is Outcome.FAIL]
            kept = [short(r) for r in whole if not r.rests_on_absence]
            assert [short(r) for r in results if r.outcome is Outcome.FAIL] == kept


def _partial(case: Case, fact: str) -> Partial[object]:
    known = getattr(facts_of(case.facts), fact)
    assert isinstance(known, Known)
    return Partial(known.value, (UNREAD,), (SOURCE,))


# --- a broken check does not go unnoticed ---------------------------------------------------------

BROKEN = {
    "always passes": lambda _: [passed("", "fine")],
    "always does not apply": lambda _: [not_applicable("nothing here")],
    "always fails": lambda _: [failed("", Severity.MAJOR, "bad", SOURCE)],
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("check", TABLED, ids=lambda check: check.id)
def test_the_cases_catch_a_check_that(how: str, check: Check) -> None:
    broken = Check(check.id, check.needs, BROKEN[how])
    with pytest.raises(AssertionError):
        hold_all(broken)


@pytest.mark.parametrize(
    "check", [c for c in TABLED if c.id not in ("SYS-012", "LOG-002")], ids=lambda check: check.id
)
def test_the_cases_catch_fails_taken_for_passes(check: Check) -> None:
    def softened(context: Context) -> Iterable[Result]:
        for result in check.judge(context):
            fails = result.outcome is Outcome.FAIL
            yield passed(result.object, result.message, *result.seen) if fails else result

    with pytest.raises(AssertionError):
        hold_all(Check(check.id, check.needs, softened))


def test_what_no_device_of_the_platform_has_does_not_apply() -> None:
    (case, *_) = of("HA-004")
    without = replace(case, facts={**case.facts, "mad": Unknown(Reason.UNSUPPORTED, "x", absent=True)})
    assert [short(result) for result in without.results()] == ["not_applicable"]


def test_every_judge_says_something() -> None:
    assert [str(case) for case in CASES if not run(by_id(case.check), context_of(case)).results] == []


def test_everything_has_a_chinese_word() -> None:
    assert set(FACT_WORDS) == set(FACT_NAMES)
    assert set(REASON_WORDS) == set(Reason)
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(SEVERITY_WORDS) == set(Severity)


# --- selection ------------------------------------------------------------------------------------


def test_checks_are_selected_by_id_and_group() -> None:
    assert select() == CHECKS
    chosen = [check.id for check in select(["LOG-003", "二层"])]
    assert chosen == [*(check.id for check in CHECKS if check.id.startswith("L2-")), "LOG-003"]


def test_an_unknown_word_in_a_selection_is_an_error() -> None:
    with pytest.raises(KeyError, match="LOG-999"):
        select(["LOG-003", "LOG-999"])
    with pytest.raises(KeyError):
        by_id("LOG-999")

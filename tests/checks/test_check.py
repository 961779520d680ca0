"""How a check is run, whatever it judges."""

import pytest

from checks.check import Context, check, run, value_of
from checks.verdict import Outcome, Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Facts, Known, Partial, Reason, Unknown
from tests.checks.case import SOURCE, UNREAD, Case, context_of, short

ALL = [
    passed("a", "fine"),
    failed("b", Severity.MINOR, "bad", SOURCE),
    lacking("c", Severity.MAJOR, "not there", SOURCE),
    not_applicable("nothing", "d"),
    not_assessed(Reason.CUT, "cut", "e"),
]


@check("ENV-001", "temperatures", "fans", also=("clock",))
def everything(context: Context) -> list[Result]:
    return ALL


def results(**facts: object) -> list[str]:
    case = Case(check="ENV-001", name="", facts=facts, gives=())
    return [short(result) for result in run(everything, context_of(case)).results]


def test_known_facts_are_judged() -> None:
    assert results(temperatures=(), fans=()) == [
        "pass a",
        "fail minor b",
        "fail major c",
        "not_applicable d",
        "not_assessed cut e",
    ]


def test_partly_read_facts_can_only_fail_for_what_is_there() -> None:
    assert results(temperatures=(), fans=Partial((), (UNREAD,))) == [
        "not_assessed unparsed a",
        "fail minor b",
        "not_assessed unparsed c",
        "not_assessed unparsed d",
        "not_assessed cut e",
    ]


def test_what_was_not_understood_is_named() -> None:
    case = Case(
        check="ENV-001", name="", facts={"temperatures": (), "fans": Partial((), (UNREAD, UNREAD))}, gives=()
    )
    first = run(everything, context_of(case)).results[0]
    assert "display something 第 7 行等 2 行" in first.message


def test_every_missing_fact_is_named() -> None:
    unknown = Unknown(Reason.TIMED_OUT, "display fan", (SOURCE,))
    assert results(temperatures=unknown, fans=Unknown(Reason.REFUSED)) == [
        "not_assessed timed_out",
        "not_assessed refused",
    ]
    assert results() == ["not_assessed not_collected"] * 2


def test_a_fact_it_can_do_without_may_be_missing() -> None:
    assert everything.facts == ("temperatures", "fans", "clock")
    assert "pass a" in results(temperatures=(), fans=(), clock=Unknown(Reason.CUT))


def test_the_value_of_an_unknown_fact_cannot_be_taken() -> None:
    with pytest.raises(TypeError):
        value_of(Facts().fans)
    assert value_of(Known(3)) == 3


def test_outcome_of_a_verdict_is_the_worst_of_its_results() -> None:
    verdict = run(everything, context_of(Case(check="ENV-001", name="", facts=_both(), gives=())))
    assert (verdict.outcome, verdict.severity) == (Outcome.FAIL, Severity.MAJOR)


def _both() -> dict[str, tuple[()]]:
    return {"temperatures": (), "fans": ()}

"""The guide agrees with the catalogue, and nobody is locked out by its order."""

import pytest

from checks.hardening.filling import PLACEHOLDER
from checks.hardening.plan import ACTION
from checks.hardening.steps import Step, Wave, guide, in_order
from checks.texts import check_texts
from collector.platform import platforms

STEPS = in_order()
POSITION = {step.check: number for number, step in enumerate(STEPS)}
KNOWN = {
    name
    for kind in (guide().placeholders.secret, guide().placeholders.customer, guide().placeholders.device)
    for name in kind
}


def by_check(step: Step) -> str:
    return step.check


def test_every_platform_says_how_it_is_entered_and_left() -> None:
    assert guide().platforms.keys() == platforms().keys()


def test_every_step_is_a_check_and_stands_once() -> None:
    assert len(POSITION) == len(STEPS)
    assert POSITION.keys() <= check_texts().keys()


@pytest.mark.parametrize("step", STEPS, ids=by_check)
def test_what_must_be_done_before_comes_before(step: Step) -> None:
    for check in step.after:
        assert POSITION[check] < POSITION[step.check], f"{step.check} is done before {check}"


@pytest.mark.parametrize("step", STEPS, ids=by_check)
def test_what_could_lock_out_is_marked_and_looked_at_before(step: Step) -> None:
    if step.lockout:
        assert step.high_risk
        assert step.wave is Wave.LOGIN
        assert step.precheck


@pytest.mark.parametrize("step", STEPS, ids=by_check)
def test_every_remedy_has_risk_verification_and_a_way_back(step: Step) -> None:
    text = check_texts()[step.check]
    assert text.risk
    assert text.verification
    assert text.interrupts
    for platform in platforms():
        if text.remediation.get(platform) or text.remediation.get(ACTION):
            assert text.rollback.get(platform) or text.rollback.get(ACTION), platform


@pytest.mark.parametrize("step", STEPS, ids=by_check)
def test_every_placeholder_is_explained(step: Step) -> None:
    text = check_texts()[step.check]
    used = {
        name
        for said in (*text.remediation.values(), *text.rollback.values())
        for name in PLACEHOLDER.findall(said)
    }
    assert used - KNOWN == set()


def test_kinds_of_placeholders_do_not_overlap() -> None:
    kinds = guide().placeholders
    assert len(KNOWN) == len(kinds.secret) + len(kinds.customer) + len(kinds.device)

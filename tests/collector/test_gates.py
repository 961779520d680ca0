"""Sensitive periods and maintenance windows: what may run when, and what is said where it may not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from collector.collect import collect
from collector.credentials import Login, Secret
from collector.errors import AuthorizationError
from collector.events import DeviceDone, Event
from collector.gates import admitted, obstacle
from collector.inventory import Device, Period, Site
from collector.profile import ProfileName
from collector.run_record import OutcomeReason
from collector.visit import Limits
from tests.collector.lab import PASSWORD, USER, lab, switch

LIGHT, NORMAL, FULL = ProfileName


def at(text: str) -> datetime:
    """A moment in Shanghai's time."""
    return datetime.fromisoformat(f"{text}+08:00")


def period(name: str, start: str, end: str) -> Period:
    return Period(name=name, start=at(start), end=at(end))


SITE = Site(
    name="hq",
    customer="示例客户",
    devices=(Device(name="sw-1", host="192.0.2.1"),),
    sensitive_periods=(
        period("国庆重保", "2026-09-28T00:00", "2026-10-09T00:00"),
        period("演练", "2026-10-05T08:00", "2026-10-12T18:00"),
    ),
    maintenance_windows=(
        period("九月窗口", "2026-09-20T00:00", "2026-09-20T05:00"),
        period("十月窗口", "2026-10-20T00:00", "2026-10-20T05:00"),
    ),
)
WINDOWLESS = SITE.model_copy(update={"maintenance_windows": ()})


@pytest.mark.parametrize(
    ("site", "profile", "moment", "override", "said"),
    [
        # Before, at the first moment of, and at the end of a sensitive period.
        (SITE, NORMAL, "2026-09-27T23:59", "", None),
        (SITE, NORMAL, "2026-09-28T00:00", "", "国庆重保 (2026-09-28 00:00+08:00 to 2026-10-09 00:00+08:00)"),
        (SITE, NORMAL, "2026-10-12T17:59", "", "演练 (2026-10-05 08:00+08:00 to 2026-10-12 18:00+08:00)"),
        (SITE, NORMAL, "2026-10-12T18:00", "", None),
        # Of two at once, the one that lasts longer is told.
        (SITE, NORMAL, "2026-10-06T00:00", "", "演练"),
        (SITE, LIGHT, "2026-10-06T00:00", "", None),
        (SITE, NORMAL, "2026-10-06T00:00", "客户要求", None),
        (WINDOWLESS, FULL, "2026-10-06T00:00", "", "演练"),
        (WINDOWLESS, FULL, "2026-10-06T00:00", "客户要求", None),
        # Heavy commands wait for a window, and a reason for sensitive periods opens none.
        (SITE, FULL, "2026-09-19T23:59", "", "next is 九月窗口 (2026-09-20 00:00+08:00"),
        (SITE, FULL, "2026-09-20T00:00", "", None),
        (SITE, FULL, "2026-09-20T05:00", "", "next is 十月窗口"),
        (SITE, FULL, "2026-10-06T00:00", "客户要求", "next is 十月窗口"),
        (SITE, FULL, "2026-10-20T05:00", "", "none is to come"),
        (SITE, NORMAL, "2026-10-20T05:00", "", None),
        (WINDOWLESS, FULL, "2026-10-20T05:00", "", None),
    ],
)
def test_what_may_run_when(
    site: Site, profile: ProfileName, moment: str, override: str, said: str | None
) -> None:
    if said is None:
        admitted(site, profile, at(moment), override)
        assert obstacle(site, profile, at(moment), override) == ""
        return
    with pytest.raises(AuthorizationError) as refused:
        admitted(site, profile, at(moment), override)
    assert said in str(refused.value)
    assert obstacle(site, profile, at(moment), override) != ""


def test_the_refusal_says_what_may_run_and_how() -> None:
    with pytest.raises(AuthorizationError) as refused:
        admitted(SITE, NORMAL, at("2026-10-01T00:00"))
    assert "--profile light" in str(refused.value)
    assert "--override-sensitive" in str(refused.value)
    with pytest.raises(AuthorizationError, match="--profile normal runs now"):
        admitted(SITE, FULL, at("2026-09-25T00:00"))


def test_moments_are_compared_across_zones() -> None:
    assert obstacle(SITE, NORMAL, datetime(2026, 9, 27, 15, 59, tzinfo=UTC)) == ""
    assert "国庆重保" in obstacle(SITE, NORMAL, datetime(2026, 9, 27, 16, 0, tzinfo=UTC))


def test_collecting_refuses_before_any_device_is_touched(tmp_path: Path) -> None:
    device = switch()
    with lab(tmp_path, device) as where:
        plan = where.plan()
        begun = plan.created_at
        running = Period(name="重保", start=begun - timedelta(hours=1), end=begun + timedelta(hours=1))
        site = plan.site.model_copy(update={"sensitive_periods": (running,)})
        closed = plan.model_copy(update={"site": site, "profile": NORMAL})
        with pytest.raises(AuthorizationError, match="重保"):
            where.run(where.folder(closed))
        allowed = closed.model_copy(update={"profile": LIGHT, "run_id": f"{closed.run_id}-light"})
        (outcome,) = where.run(where.folder(allowed)).outcomes
    assert outcome.reason is None
    assert len(device.logins) == 1


@pytest.mark.parametrize(
    ("profile", "override", "begun"), [(NORMAL, "", 1), (LIGHT, "", 3), (NORMAL, "客户要求", 3)]
)
def test_a_run_that_meets_a_sensitive_period_begins_no_further_device(
    tmp_path: Path, profile: ProfileName, override: str, begun: int
) -> None:
    switches = [switch(name=f"sw-{number}") for number in (1, 2, 3)]
    with lab(tmp_path, *switches) as where:
        plan = where.plan()
        start = plan.created_at
        coming = Period(name="重保", start=start + timedelta(hours=1), end=start + timedelta(hours=2))
        plan = plan.model_copy(
            update={
                "site": plan.site.model_copy(update={"sensitive_periods": (coming,)}),
                "profile": profile,
                "override": override,
            }
        )
        clock = [start]

        def first_device_takes_an_hour(event: Event) -> None:
            if isinstance(event, DeviceDone):
                clock[0] = coming.start

        folder = where.folder(plan)
        ended = collect(
            plan,
            folder,
            {"c": Login(USER, Secret(PASSWORD))},
            now=lambda: clock[0],
            host_keys=where.rules,
            limits=Limits(threads=1, connect_s=3, device_s=20, run_s=60),
            on_event=first_device_takes_an_hour,
        )
    assert [len(device.logins) for device in switches].count(1) == begun
    refused = [outcome for outcome in ended.outcomes if not outcome.reached]
    assert len(refused) == 3 - begun
    for outcome in refused:
        assert outcome.reason is OutcomeReason.NOT_COLLECTED
        assert "敏感时期「重保」" in outcome.detail
        assert "尚未开始" in outcome.detail

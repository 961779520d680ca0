"""What is owed to each site, by when. Pure but for the calendar's own data."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from agent.schedule.working_days import not_after, not_before, working_days_after
from baselines.service_levels import Level, ServiceLevels
from collector.inventory import Site

MONTHS = 12


class DueState(StrEnum):
    """How urgent something owed is."""

    OVERDUE = "overdue"
    DUE = "due"
    """Within the lead time: work may begin."""
    UPCOMING = "upcoming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One deliverable that is owed to one site."""

    site: str
    deliverable: str
    title: str
    """In Chinese."""
    due_on: date
    """The last working day on which it is in time."""
    last: date | None
    """When it was last delivered, in the site's time zone; None: never."""
    state: DueState
    days_left: int
    """From today; negative when it is overdue."""
    why: str
    """How the date came about, in English."""


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A site of which nothing can be said to be owed."""

    site: str
    why: str


Delivered = Mapping[str, Sequence[date]]
"""By deliverable: the days on which it was delivered, the first in front."""


def owed(
    site: Site, delivered: Delivered, levels: ServiceLevels, today: date
) -> tuple[list[Due], list[Unscheduled]]:
    """Work out what is owed to a site, the most urgent first; or say why nothing is."""
    if not site.service_level:
        return [], [Unscheduled(site.name, "the inventory gives no service_level")]
    name = levels.find(site.service_level)
    if name is None:
        known = ", ".join(levels.levels)
        return [], [
            Unscheduled(site.name, f"unknown service level {site.service_level!r}; known are {known}")
        ]
    if site.service_until is not None and today > site.service_until:
        return [], [Unscheduled(site.name, f"the service ended on {site.service_until}")]
    level = levels.levels[name]
    found = [
        *_regular(site, level, delivered, levels, today),
        *_following(site, name, delivered, levels, today),
    ]
    if not found:
        return [], [Unscheduled(site.name, f"service level {name} owes nothing that is not done")]
    return sorted(found, key=lambda due: (due.due_on, due.deliverable)), []


def _regular(
    site: Site, level: Level, delivered: Delivered, levels: ServiceLevels, today: date
) -> Iterator[Due]:
    for deliverable, promise in level.deliverables.items():
        days = delivered.get(deliverable, ())
        last = days[-1] if days else None
        every = f"every {promise.every_months} months"
        if last is not None:
            by, why = months_later(last, promise.every_months), f"{every}, last delivered {last}"
        elif site.service_from is not None:
            by = months_later(site.service_from, promise.every_months) - timedelta(days=1)
            why = f"{every}, service since {site.service_from}, never delivered"
        else:
            by, why = not_before(today), f"{every}, never delivered, and the inventory gives no service_from"
        if site.service_until is not None and by > site.service_until:
            if last is not None:
                # Delivered within the last period of the contract: it is not owed again.
                continue
            by, why = site.service_until, f"{why}; the service ends on {site.service_until}"
        yield _due(site, deliverable, not_after(by), last, levels, today, why)


def _following(
    site: Site, level: str, delivered: Delivered, levels: ServiceLevels, today: date
) -> Iterator[Due]:
    """What has to follow the last delivery of something, and has not."""
    for deliverable, follow in levels.follow_ups.items():
        causes = delivered.get(follow.after, ())
        if level not in follow.levels or not causes:
            continue
        days = delivered.get(deliverable, ())
        last = days[-1] if days else None
        if last is None or last < causes[-1]:
            by = working_days_after(causes[-1], follow.working_days)
            why = f"{follow.working_days} working days after {follow.after} of {causes[-1]}"
            yield _due(site, deliverable, by, last, levels, today, why)


def _due(
    site: Site, deliverable: str, by: date, last: date | None, levels: ServiceLevels, today: date, why: str
) -> Due:
    left = (by - today).days
    state = DueState.OVERDUE if left < 0 else DueState.DUE if left <= levels.lead_days else DueState.UPCOMING
    return Due(
        site=site.name,
        deliverable=deliverable,
        title=levels.deliverables[deliverable],
        due_on=by,
        last=last,
        state=state,
        days_left=left,
        why=why,
    )


def months_later(day: date, months: int) -> date:
    """Give the same day some months later, or the last day of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

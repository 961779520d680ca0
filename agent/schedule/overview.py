"""`xunjian due` and `xunjian ledger`: what is owed, and what was handed over."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, tzinfo
from hashlib import file_digest
from pathlib import Path
from typing import Any

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.history.decided import Delivery, deliver, deliveries
from agent.history.store import History, open_history
from agent.run import now
from agent.schedule.due import Due, DueState, Unscheduled, owed
from baselines.service_levels import ServiceLevels, load_service_levels
from collector.errors import XunjianError
from collector.inventory import Site
from collector.inventory_file import load_inventory


class LedgerError(XunjianError):
    """An entry cannot be made in the ledger."""


def delivered(history: History, site: Site) -> dict[str, list[date]]:
    """The days on which each deliverable was handed over to a site, in its time zone."""
    days: dict[str, list[date]] = {}
    for delivery in deliveries(history.engine, site.name):
        days.setdefault(delivery.deliverable, []).append(delivery.at.astimezone(site.zone).date())
    return days


def owed_to(
    sites: Sequence[Site], history: History, levels: ServiceLevels, moment: datetime
) -> tuple[list[Due], list[Unscheduled]]:
    """What is owed to these sites, the most urgent first, and those to which nothing is."""
    found: list[Due] = []
    nothing: list[Unscheduled] = []
    for site in sites:
        today = moment.astimezone(site.zone).date()
        due, idle = owed(site, delivered(history, site), levels, today)
        found += due
        nothing += idle
    return sorted(found, key=lambda due: (due.due_on, due.site, due.deliverable)), nothing


def show_due(
    sites: Sequence[Site], data: Path, url: str, levels: ServiceLevels, console: Console
) -> ExitCode:
    """List what is owed; FINDINGS when something is overdue, or a site's service level is not known."""
    with open_history(data, url) as history:
        found, nothing = owed_to(sites, history, levels, now())
    rows = [
        (due.site, due.deliverable, due.title, str(due.due_on), due.state.value, str(due.days_left), due.why)
        for due in found
    ]
    if rows:
        console.table(
            ("site", "deliverable", "文件", "due on", "state", "days left", "why"), rows, long="why"
        )
    for each in nothing:
        console.say(f"{each.site}: nothing is scheduled: {each.why}")
    console.result(
        {
            "due": [json.loads(json.dumps(asdict(due), default=str)) for due in found],
            "nothing": [asdict(each) for each in nothing],
        }
    )
    overdue = any(due.state is DueState.OVERDUE for due in found)
    unknown = any("unknown service level" in each.why for each in nothing)
    return ExitCode.FINDINGS if overdue or unknown else ExitCode.CLEAN


def show_ledger(data: Path, url: str, site: str | None, console: Console) -> ExitCode:
    """List everything that was handed over, the oldest first."""
    with open_history(data, url) as history:
        entries = deliveries(history.engine, site)
    zone = datetime.now().astimezone().tzinfo
    console.table(
        ("when", "site", "deliverable", "run", "file", "sha256"),
        [_row(entry, zone) for entry in entries],
        long="file",
    )
    console.result({"deliveries": [_plain(entry) for entry in entries]})
    return ExitCode.CLEAN


def _row(entry: Delivery, zone: tzinfo | None) -> tuple[str, ...]:
    when = f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M}"
    return when, entry.site, entry.deliverable, entry.run_id or "-", entry.file, entry.sha256[:12]


def _plain(entry: Delivery) -> Mapping[str, Any]:
    return {**asdict(entry), "at": entry.at.isoformat()}


def add_to_ledger(
    history: History,
    site: str,
    deliverable: str,
    run_id: str,
    files: Sequence[Path],
    at: datetime,
) -> int:
    """Enter files that were handed over; those of a run that stand there already are not entered twice.

    Gives how many are new. Raises LedgerError for a file that cannot be read, HistoryError for the store.
    """
    known = {
        (entry.run_id, entry.file)
        for entry in deliveries(history.engine, site)
        if entry.deliverable == deliverable and entry.run_id
    }
    new = 0
    for path in files:
        if (run_id, path.name) not in known:
            entry = Delivery(
                site=site, deliverable=deliverable, run_id=run_id, file=path.name, sha256=_digest(path), at=at
            )
            new += deliver(history.engine, entry)
    return new


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise LedgerError(f"{path} cannot be read: {error.strerror}") from error


def enter(
    files: Sequence[Path],
    inventory: Path,
    site: str,
    deliverable: str,
    run_id: str,
    data: Path,
    url: str,
    levels: Path | None,
    console: Console,
) -> ExitCode:
    """Enter what people handed over; raises LedgerError for a site, deliverable or file that is not known."""
    known = [each.name for each in load_inventory(inventory).sites]
    if site not in known:
        raise LedgerError(f"the inventory has no site {site}; it has {', '.join(known)}")
    promised = load_service_levels(levels)
    if deliverable not in promised.deliverables:
        raise LedgerError(f"no deliverable {deliverable}; known are {', '.join(promised.deliverables)}")
    with open_history(data, url) as history:
        new = add_to_ledger(history, site, deliverable, run_id, files, now())
    console.say(f"entered: {new} of {len(files)}")
    return ExitCode.CLEAN

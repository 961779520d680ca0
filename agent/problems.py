"""`xunjian problems`: what is open at a site, who takes care of it until when, the list that goes round."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from agent.account import account
from agent.console import Console
from agent.exit_codes import ExitCode
from agent.history.decided import decide, decisions
from agent.history.recording import catch_up
from agent.history.store import History, open_history
from checks.lifecycle import Decision, Problem, follow
from checks.texts import check_texts
from checks.words import SEVERITY_WORDS
from collector.errors import XunjianError
from collector.inventory import Site
from collector.run_folder import RunFolder
from collector.runs import runs_of_site

_SHOWN = 100
"""Problems that are printed."""


class ProblemError(XunjianError):
    """A problem, site or list that is named does not exist or cannot be used."""


@dataclass(frozen=True, slots=True)
class Store:
    """Where the history is, and of which site."""

    data: Path
    url: str
    site: str | None
    """None: the only one there is."""


def list_problems(store: Store, now: datetime, console: Console, *, everything: bool) -> ExitCode:
    """List the problems of a site that are open, or all; code FINDINGS when any is open."""
    with open_history(store.data, store.url) as history:
        site, problems = _problems(history, store)
        said = decisions(history.engine, site, problems)
    shown = [p for p in problems if everything or p.state.open]
    rows = [_row(problem, said.get(problem.id, Decision()), now) for problem in shown[:_SHOWN]]
    headings = ("problem", "state", "severity", "check", "device", "object", "days", "owner", "due", "note")
    console.table(headings, rows, title=f"{site}: {len(shown)} problems", long="note")
    if len(shown) > _SHOWN:
        console.say(f"{len(shown) - _SHOWN} more: `--json` and `xunjian problems export` give all of them")
    console.result({"site": site, "problems": [_plain(p, said.get(p.id, Decision()), now) for p in shown]})
    return ExitCode.FINDINGS if any(p.state.open for p in problems) else ExitCode.CLEAN


def change(
    store: Store,
    ids: Sequence[str],
    now: datetime,
    console: Console,
    *,
    owner: str | None = None,
    due: date | None = None,
    note: str | None = None,
) -> ExitCode:
    """Say who takes care of problems until when, or note something; what is not said stays as it was."""
    with open_history(store.data, store.url) as history:
        site, problems = _problems(history, store)
        named = [find(problems, id_) for id_ in ids]
        said = decisions(history.engine, site, named)
        new = []
        for problem in named:
            before = said.get(problem.id, Decision())
            after = replace(
                before,
                owner=before.owner if owner is None else owner,
                due=due or before.due,
                note=before.note if note is None else note,
            )
            new.append((problem, after))
        decide(history.engine, site, new, now, account())
    for problem, decision in new:
        until = f", until {decision.due}" if decision.due else ""
        console.say(f"{problem.id} {problem.device} {problem.check_id}: {decision.owner or '-'}{until}")
    console.result({"site": site, "changed": [problem.id for problem, _ in new]})
    return ExitCode.CLEAN


def export_list(store: Store, file: Path, now: datetime, console: Console, *, everything: bool) -> ExitCode:
    """Write the Excel list that goes round."""
    from reports.problem_list import write_problems

    with open_history(store.data, store.url) as history:
        site, problems = _problems(history, store)
        said = decisions(history.engine, site, problems)
    shown = [p for p in problems if everything or p.state.open]
    titles = {id_: text.title for id_, text in check_texts().items()}
    try:
        write_problems(shown, said, file, now, _site(store, site).zone, titles)
    except OSError as error:
        raise ProblemError(f"{file} cannot be written: {error}") from error
    console.say(f"written: {file}, {len(shown)} problems")
    console.result({"site": site, "file": str(file), "problems": len(shown)})
    return ExitCode.CLEAN


def import_list(store: Store, file: Path, now: datetime, console: Console) -> ExitCode:
    """Take over owner, date and note of every line of a list that came back; all of it or nothing."""
    from reports.problem_list import ProblemListError, read_problems

    try:
        filled = read_problems(file)
    except ProblemListError as error:
        raise ProblemError(str(error)) from error
    with open_history(store.data, store.url) as history:
        site, problems = _problems(history, store)
        known = {problem.id: problem for problem in problems}
        wrong = [
            f"  {f.cell}: value {f.id!r}: site {site} has no such problem"
            for f in filled
            if f.id not in known
        ]
        if wrong:
            raise ProblemError(f"{file} cannot be taken over, {len(wrong)} to correct:\n" + "\n".join(wrong))
        before = decisions(history.engine, site, problems)
        changed = [(known[f.id], f.decision) for f in filled if f.decision != before.get(f.id, Decision())]
        decide(history.engine, site, changed, now, account())
    console.say(f"taken over: {len(changed)} of {len(filled)} lines had something new")
    console.result({"site": site, "lines": len(filled), "changed": [problem.id for problem, _ in changed]})
    return ExitCode.CLEAN


def _problems(history: History, store: Store) -> tuple[str, tuple[Problem, ...]]:
    catch_up(history, store.data / "runs")
    sites = history.sites()
    site = store.site if store.site is not None else sites[0] if len(sites) == 1 else None
    if site is None or site not in sites:
        known = ", ".join(sites) or "none"
        raise ProblemError(f"name the site with --site; inspections are remembered of: {known}")
    return site, follow(history.records(site, measured=0))


def find(problems: Sequence[Problem], id_: str) -> Problem:
    """Find a problem by its id, or by its number in the last inspection; raises ProblemError for none."""
    found = next((p for p in problems if id_ in (p.id, p.number)), None)
    if found is None:
        raise ProblemError(f"no such problem: {id_}; `xunjian problems list --all` names them all")
    return found


def _site(store: Store, name: str) -> Site:
    """The site as the last run had it."""
    for path in runs_of_site(store.data / "runs", name):
        plan = RunFolder.open(path).plan
        if plan.site.name == name:
            return plan.site
    raise ProblemError(f"no run of site {name} is in the data folder any more")


def _row(problem: Problem, said: Decision, now: datetime) -> tuple[str, ...]:
    return (
        problem.id,
        problem.said + ("" if problem.confirmed else "，未复核"),
        SEVERITY_WORDS[problem.severity],
        problem.check_id,
        problem.device + ("" if problem.in_inventory else "（已移出）"),
        problem.object or "整机",
        str(problem.age(now).days),
        said.owner or "-",
        said.due.isoformat() if said.due else "-",
        said.note or "-",
    )


def _plain(problem: Problem, said: Decision, now: datetime) -> dict[str, object]:
    return {
        "id": problem.id,
        "number": problem.number,
        "state": problem.state.value,
        "said": problem.said,
        "confirmed": problem.confirmed,
        "severity": problem.severity.value,
        "check": problem.check_id,
        "device": problem.device,
        "object": problem.object,
        "message": problem.message,
        "times": problem.times,
        "first_seen": problem.first_seen.isoformat(),
        "last_seen": problem.last_seen.isoformat(),
        "solved_at": problem.solved_at.isoformat() if problem.solved_at else None,
        "days": problem.age(now).days,
        "owner": said.owner,
        "due": said.due.isoformat() if said.due else None,
        "note": said.note,
    }

"""`xunjian verify` (复查): back to the devices for just some problems, to see whether they are solved."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.history.store import open_history
from agent.problems import ProblemError, find
from agent.run import Options, Selection, scan_inventory
from checks.lifecycle import Problem, ProblemState, follow
from checks.record import InspectionRecord
from collector.runs import open_run


def verify(run: str, ids: Sequence[str], inventory: Path, options: Options, console: Console) -> ExitCode:
    """Inspect the devices of these problems again, by the checks that found them and in the run's profile.

    It is a run of its own, with all that permits one, and goes into the history. Code FINDINGS says that a
    problem remains, INCOMPLETE that one could not be looked at. Raises ProblemError for one that is none.
    """
    planned = open_run(run, options.data).plan
    url = options.rules.history
    with open_history(options.data, url) as history:
        records = history.records(planned.site.name, measured=0)
    then = follow(_until(records, planned.run_id))
    now = {problem.id: problem for problem in follow(records)}
    # Named as that run had them, and looked for under the present name of their device.
    named = [now[find(then, id_).id] for id_ in ids]
    wanted = {problem.check_id for problem in named}
    checks = tuple(check for check in options.rules.checks if check.id in wanted)
    how = replace(options, rules=replace(options.rules, checks=checks), kind="专项", profile=planned.profile)
    selection = Selection(
        sites=frozenset({planned.site.name}), devices=frozenset(problem.device for problem in named)
    )
    code = scan_inventory(inventory, selection, how, Console(quiet=True))
    if code is ExitCode.REFUSED:
        return code
    with open_history(options.data, url) as history:
        records = history.records(planned.site.name, measured=0)
    now = {problem.id: problem for problem in follow(records)}
    return _tell(records[-1].run_id, [now[problem.id] for problem in named], console)


def _until(records: Sequence[InspectionRecord], run_id: str) -> Sequence[InspectionRecord]:
    """The inspections up to a run, whose numbers the problems have then."""
    names = [record.run_id for record in records]
    if run_id not in names:
        raise ProblemError(f"run {run_id} is not in the history; `xunjian history list` names all that are")
    return records[: names.index(run_id) + 1]


def _tell(run_id: str, problems: Sequence[Problem], console: Console) -> ExitCode:
    rows = [(p.id, p.device, p.check_id, p.object or "整机", _result(p), p.message) for p in problems]
    console.table(("problem", "device", "check", "object", "result", "as last found"), rows, title=run_id)
    told = {p.id: _result(p) for p in problems}
    console.result({"run": run_id, "results": told})
    if "not looked at" in told.values():
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if "remains" in told.values() else ExitCode.CLEAN


def _result(problem: Problem) -> str:
    if not problem.confirmed:
        return "not looked at"
    return "solved" if problem.state is ProblemState.SOLVED else "remains"

"""The closing report of an event: from what is kept of it to the documents and the ledger."""

from datetime import datetime
from pathlib import Path

from agent.assurance.folder import AssuranceError
from agent.assurance.holding import Assurance, compared
from agent.console import Console
from agent.exit_codes import ExitCode, loudest
from agent.history.store import load_record, open_history
from agent.run import RunStoppedError, now
from agent.schedule.overview import add_to_ledger
from checks.closing import Closing, effects_of, problems_between
from checks.record import InspectionRecord
from collector.inventory import Site
from collector.run_folder import RunFolder
from collector.runs import open_run

DELIVERABLE = "assurance"


def report(work: Assurance, output: Path | None, console: Console) -> ExitCode:
    """Write the closing report of every site and enter it into the ledger; no device is touched.

    FINDINGS says that a change needs an explanation, INCOMPLETE that the report is not the whole story.
    Raises AssuranceError where no check was held after.
    """
    codes: set[ExitCode] = set()
    told = []
    closings = [closing_of(work, site, now()) for site in work.event.sites]
    for closing in closings:
        files = _written(closing, _folder(work, closing.site, output))
        with open_history(work.options.data, work.options.rules.history) as history:
            add_to_ledger(history, closing.site.name, DELIVERABLE, closing.after.run_id, files, now())
        for path in files:
            console.say(f"written: {path}")
        for gap in closing.gaps:
            console.say(f"{closing.site.name}: {gap}")
        codes.add(ExitCode.FINDINGS if closing.unexplained else ExitCode.CLEAN)
        if closing.gaps:
            codes.add(ExitCode.INCOMPLETE)
        told.append(
            {
                "site": closing.site.name,
                "files": [str(path) for path in files],
                "unexplained": closing.unexplained,
                "gaps": list(closing.gaps),
            }
        )
    console.result({"event": work.event.name, "reports": told})
    return loudest(codes)


def closing_of(work: Assurance, site: str, made_at: datetime) -> Closing:
    """Gather all that the report of a site says; raises AssuranceError, RunFolderError, HistoryError."""
    folder, data, event = work.folder, work.options.data, work.event
    state = folder.state(site)
    if not state.after:
        raise AssuranceError(
            f"event {event.name}, site {site}: no check was held after; `xunjian assure after`"
        )
    after = open_run(state.after, data)
    before = open_run(state.before, data) if state.before else None
    comparison = compared(event, state.before, state.after, data) if state.before else None
    then = None if before is None else _record(before)
    record, plan = _record(after), after.plan
    return Closing(
        event=event,
        site=plan.site,
        before=then,
        after=record,
        readiness=folder.readiness(site),
        rounds=folder.rounds(site),
        comparison=comparison,
        effects=effects_of(event, comparison),
        problems=problems_between(then, record),
        engineer=plan.engineer or plan.site.engineer,
        tool_version=plan.tool_version,
        made_at=made_at,
    )


def _record(run: RunFolder) -> InspectionRecord:
    text = run.record()
    if text is None:
        raise AssuranceError(
            f"run {run.path.name} was judged by some of its checks only; `xunjian report` it"
        )
    return load_record(text)


def _folder(work: Assurance, site: Site, output: Path | None) -> Path:
    if output is None:
        return work.folder.output(site.name)
    return output if len(work.event.sites) == 1 else output / site.name


def _written(closing: Closing, folder: Path) -> tuple[Path, ...]:
    from reports.assurance.pdf import write_closing_pdf
    from reports.assurance.workbook import write_closing_workbook

    files = (folder / "assurance.pdf", folder / "assurance.xlsx")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_closing_pdf(closing, files[0])
        write_closing_workbook(closing, files[1])
    except OSError as error:
        raise RunStoppedError(f"the closing report cannot be written: {error}") from error
    return files

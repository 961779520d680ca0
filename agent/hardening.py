"""`xunjian harden`: the hardening plan of a run, from its captures; no device is touched."""

from pathlib import Path

from agent.console import Console
from agent.delivery import check_deliverable
from agent.exit_codes import ExitCode
from agent.judging import Rules, judge_run
from agent.progress import reading
from agent.run import RunStoppedError
from checks.hardening import HardeningPlan, plan_hardening
from collector.runs import open_run

PDF, WORKBOOK = "hardening.pdf", "hardening.xlsx"


def write_plan(name: str, rules: Rules, data: Path, output: Path | None, console: Console) -> ExitCode:
    """Judge a run again and write its hardening plan.

    The code is FINDINGS when there is something to harden, INCOMPLETE when a device was not seen. Raises
    RunFolderError for a run that cannot be read, OutputError or LogoError for what cannot be written.
    """
    run = open_run(name, data)
    check_deliverable(run.plan.site, output)
    folder = output or run.path / "output"
    try:
        with reading(console, run.plan.devices) as on_device:
            inspection, damage = judge_run(run, rules, on_device)
        plan = plan_hardening(inspection, rules.baseline.hardening)
        with console.working("writing the hardening plan"):
            write_documents(plan, folder)
    except OSError as error:
        raise RunStoppedError(f"the hardening plan could not be written: {error}") from error
    for each in damage:
        console.note(f"damaged and not used: {run.path / each.file}: {each.detail}")
    console.result(
        {
            "run": inspection.run_id,
            "items": len(plan.items),
            "high_risk": sum(item.step.high_risk for item in plan.items),
            "open_values": sorted({name for item in plan.items for name in item.left}),
            "pdf": str(folder / PDF),
            "workbook": str(folder / WORKBOOK),
        }
    )
    console.say(f"items: {len(plan.items)}, high-risk: {sum(item.step.high_risk for item in plan.items)}")
    console.say(f"plan: {folder / PDF}")
    console.say(f"list: {folder / WORKBOOK}")
    if not inspection.complete:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if plan.items else ExitCode.CLEAN


def write_documents(plan: HardeningPlan, folder: Path) -> tuple[Path, Path]:
    """Write PDF and workbook into a folder, each whole or not at all; raises OSError or LogoError."""
    from reports.hardening.pdf import write_hardening_pdf
    from reports.hardening.workbook import write_hardening_workbook

    folder.mkdir(parents=True, exist_ok=True)
    write_hardening_workbook(plan, folder / WORKBOOK)
    write_hardening_pdf(plan, folder / PDF)
    return folder / PDF, folder / WORKBOOK

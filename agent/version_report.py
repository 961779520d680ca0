"""`xunjian versions report`: the documents about software versions, from a run's captures."""

from pathlib import Path

from agent.console import Console
from agent.delivery import check_deliverable
from agent.exit_codes import ExitCode
from agent.judging import Rules, judge_run
from agent.progress import reading
from agent.run import RunStoppedError
from baselines.risk import RiskFormula
from checks.exposure import ExposureState
from checks.inspection import Inspection
from collector.runs import open_run

TABLE, WORKBOOK, REPORT = "versions.pdf", "versions.xlsx", "version-evaluation.pdf"


def write_versions(name: str, rules: Rules, data: Path, output: Path | None, console: Console) -> ExitCode:
    """Judge a run again and write its list of versions and its version evaluation.

    The code is FINDINGS when an advisory affects a device, INCOMPLETE when a device was not seen. Raises
    RunFolderError for a run that cannot be read, OutputError or LogoError for what cannot be written.
    """
    run = open_run(name, data)
    check_deliverable(run.plan.site, output)
    folder = output or run.path / "output"
    try:
        with reading(console, run.plan.devices) as on_device:
            inspection, damage = judge_run(run, rules, on_device)
        with console.working("writing the version documents"):
            write_list(inspection, folder)
            write_evaluation(inspection, rules.baseline.risk, folder)
    except OSError as error:
        raise RunStoppedError(f"the version documents could not be written: {error}") from error
    for each in damage:
        console.note(f"damaged and not used: {run.path / each.file}: {each.detail}")
    states = [each.state for report in inspection.devices for each in report.exposures]
    factors = {r.device.name: r.evaluation.factor for r in inspection.devices if r.evaluation is not None}
    console.result(
        {
            "run": inspection.run_id,
            "exposures": {state.value: states.count(state) for state in ExposureState},
            "risk_factors": factors,
            "table": str(folder / TABLE),
            "workbook": str(folder / WORKBOOK),
            "report": str(folder / REPORT),
        }
    )
    console.say(", ".join(f"{state.value}: {states.count(state)}" for state in ExposureState))
    for what, file in (("list", TABLE), ("workbook", WORKBOOK), ("evaluation", REPORT)):
        console.say(f"{what}: {folder / file}")
    if not inspection.complete:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if ExposureState.AFFECTED in states else ExitCode.CLEAN


def write_list(inspection: Inspection, folder: Path) -> tuple[Path, Path]:
    """Write 设备版本汇总表, PDF and workbook, each whole or not at all; raises OSError or LogoError."""
    from reports.versions.table import write_version_table
    from reports.versions.workbook import write_version_workbook

    folder.mkdir(parents=True, exist_ok=True)
    write_version_workbook(inspection, folder / WORKBOOK)
    write_version_table(inspection, folder / TABLE)
    return folder / TABLE, folder / WORKBOOK


def write_evaluation(inspection: Inspection, risk: RiskFormula, folder: Path) -> tuple[Path]:
    """Write 版本评估报告; raises OSError or LogoError."""
    from reports.versions.pdf import write_version_report

    folder.mkdir(parents=True, exist_ok=True)
    write_version_report(inspection, risk, folder / REPORT)
    return (folder / REPORT,)

"""Commands that only look something up and print it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from agent.console import Console
from agent.exit_codes import ExitCode
from collector.errors import InventoryError

if TYPE_CHECKING:
    from checks.check import Check
    from collector.platform import Platform


def check_inventory(file: Path, console: Console) -> ExitCode:
    """Say whether an inventory can be used, or everything that is wrong with it."""
    from collector.inventory_file import load_inventory

    try:
        inventory = load_inventory(file)
    except InventoryError as error:
        console.error(str(error))
        return ExitCode.USAGE
    for site in inventory.sites:
        until = site.authorization.valid_until if site.authorization else None
        console.say(
            f"{site.name} ({site.customer}): devices: {len(site.devices)}, authorisation "
            + (
                "missing: a scan will be refused"
                if site.authorization is None
                else f"until {until or 'ever'}"
            )
        )
    return ExitCode.CLEAN


def show_baseline(name: str, inventory: Path, baseline: Path | None, console: Console) -> ExitCode:
    """Print what holds for one device: every parameter with the file and line it came from.

    Raises InventoryError or BaselineError for what is wrong with either file.
    """
    from baselines.baseline import load_baseline
    from collector.inventory_file import load_inventory

    devices = {d.name: (site, d) for site in load_inventory(inventory).sites for d in site.devices}
    if name not in devices:
        console.error(f"{name}: no such device in {inventory}")
        return ExitCode.USAGE
    site, device = devices[name]
    effective = list(load_baseline(baseline).effective(device))
    console.result(
        {
            "device": name,
            "role": device.role,
            "parameters": [
                {"check": e.check_id, "name": e.name, "value": e.value, "origin": str(e.origin)}
                for e in effective
            ],
        }
    )
    console.say(f"{name} ({site.name}, role {device.role})")
    rows = [(e.check_id, e.name, _spelled(e.value), str(e.origin)) for e in effective]
    console.table(("check", "parameter", "value", "from"), rows, long="value")
    return ExitCode.CLEAN


def _spelled(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def list_checks(console: Console) -> ExitCode:
    """Print every check with its severity and the facts it needs."""
    from checks.registry import CHECKS
    from checks.texts import check_texts

    texts = check_texts()
    rows = [
        (c.id, texts[c.id].severity, texts[c.id].group, texts[c.id].title, ", ".join(c.facts)) for c in CHECKS
    ]
    console.table(("id", "severity", "group", "title", "facts"), rows, long="facts")
    return ExitCode.CLEAN


def show_check(check_id: str, console: Console) -> ExitCode:
    """Print the catalogue's text of one check."""
    from checks.texts import check_texts

    text = check_texts().get(check_id.upper())
    if text is None:
        console.error(f"{check_id}: no such check; `xunjian checks list` names them all")
        return ExitCode.USAGE
    console.say(f"{text.id}  {text.title}  [{text.group}]  {text.severity}")
    for name, value in (
        ("含义", text.meaning),
        ("判据", text.rule),
        ("原因", text.rationale),
        ("验证", text.verification),
        ("业务影响", text.interrupts),
        ("风险", text.risk),
    ):
        console.say(f"\n{name}: {value.strip()}")
    for platform, lines in text.remediation.items():
        checked = "" if text.remediation_checked.get(platform, True) else "（待核实）"
        console.say(f"\n整改 {platform}{checked}:\n{lines.strip()}")
    return ExitCode.CLEAN


def print_commands(platform_id: str, checks: tuple[str, ...], profile: str, console: Console) -> ExitCode:
    """Print every line that a profile may send to a device of this platform, for all checks or for these."""
    from collector.profile import ProfileName, profiles

    def lines(platform: "Platform", selected: "Sequence[Check]") -> tuple[str, ...]:
        facts = {fact for check in selected for fact in check.facts} if checks else platform.facts
        return (*platform.no_paging, *profiles()[ProfileName(profile)].commands(platform, facts))

    return _print_lines(platform_id, checks, lines, console)


def print_script(platform_id: str, checks: tuple[str, ...], profile: str, console: Console) -> ExitCode:
    """Print what to paste into a terminal so that its log holds all that a scan would ask for."""
    from collector.collect import plan_commands
    from collector.profile import ProfileName

    def lines(platform: "Platform", selected: "Sequence[Check]") -> tuple[str, ...]:
        needs = (fact for check in selected for fact in check.facts)
        return (*platform.no_paging, *plan_commands(platform, needs, ProfileName(profile)))

    return _print_lines(platform_id, checks, lines, console)


def _print_lines(
    platform_id: str,
    checks: tuple[str, ...],
    lines: "Callable[[Platform, Sequence[Check]], tuple[str, ...]]",
    console: Console,
) -> ExitCode:
    from checks.registry import select
    from collector.platform import platforms

    platform = platforms().get(platform_id)
    if platform is None:
        console.error(f"{platform_id}: no such platform; known are {', '.join(platforms())}")
        return ExitCode.USAGE
    try:
        selected = select(checks)
    except KeyError as error:
        console.error(f"no such check or group: {error.args[0]}")
        return ExitCode.USAGE
    for line in lines(platform, selected):
        console.say(line)
    return ExitCode.CLEAN

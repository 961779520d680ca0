"""One run from end to end: what to do, permission, collecting, judging, documents."""

import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from agent.console import Console
from agent.delivery import Delivery, check_deliverable, deliver
from agent.dry_run import Intent, print_plan
from agent.exit_codes import ExitCode, loudest
from agent.history.recording import memory
from agent.journal import Journal
from agent.judging import Rules, judge_run
from agent.progress import progress, reading
from agent.summary import print_summary
from checks.inspection import Inspection
from checks.registry import CHECKS
from checks.verdict import SEVEREST_FIRST, Severity
from collector.authorization import permitted
from collector.collect import collect, facts_needed, plan_commands
from collector.credentials import Login, credential_names, resolve
from collector.errors import XunjianError
from collector.events import Event
from collector.gates import admitted
from collector.host_keys import HostKeyRules
from collector.inventory import Authorization, Device, Inventory, Site
from collector.inventory_file import load_inventory
from collector.platform import platforms
from collector.profile import ProfileName
from collector.run_folder import RunFolder, new_run_id
from collector.run_lock import run_lock
from collector.run_record import Plan, RunState
from collector.runs import open_run
from collector.visit import Kept, Limits

KINDS = {"routine": "例行", "special": "专项", "before-assurance": "重保前", "after-assurance": "重保后"}


class SelectionError(XunjianError):
    """What was selected is not in the inventory."""


class HostKeysMissingError(XunjianError):
    """There is no file of known host keys, and new ones are not to be accepted."""


class RunStoppedError(XunjianError):
    """The disk ended a run before its documents were written; what was collected before is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which devices of an inventory; an empty set means no restriction."""

    sites: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def of(self, inventory: Inventory) -> tuple[tuple[Site, tuple[str, ...]], ...]:
        """Give the selected sites with the names of their selected devices.

        Raises SelectionError for a name that the inventory does not have, or when nothing is left.
        """
        known_sites = {site.name for site in inventory.sites}
        known_devices = {device.name for site in inventory.sites for device in site.devices}
        known_tags = {tag for site in inventory.sites for device in site.devices for tag in device.tags}
        for what, asked, known in (
            ("site", self.sites, known_sites),
            ("device", self.devices, known_devices),
            ("tag", self.tags, known_tags),
        ):
            if asked - known:
                raise SelectionError(f"no such {what} in the inventory: {', '.join(sorted(asked - known))}")
        chosen = (
            (site, tuple(device.name for device in site.devices if self._takes(device)))
            for site in inventory.sites
            if not self.sites or site.name in self.sites
        )
        found = tuple((site, names) for site, names in chosen if names)
        if not found:
            raise SelectionError("no device of the inventory matches --site, --device and --tag together")
        return found

    def _takes(self, device: Device) -> bool:
        named = not self.devices or device.name in self.devices
        return named and (not self.tags or not self.tags.isdisjoint(device.tags))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to inspect and what to do with the result."""

    rules: Rules
    data: Path
    output: Path | None = None
    """None: `output` in the run's folder."""
    kind: str = "例行"
    fail_on: Severity = Severity.MINOR
    host_keys: HostKeyRules = field(default_factory=HostKeyRules)
    limits: Limits = field(default_factory=Limits)
    profile: ProfileName = ProfileName.NORMAL
    override: str = ""
    """Why sensitive periods are passed over; empty: they are not."""
    journal: Journal = field(default_factory=Journal)


def now() -> datetime:
    """The one clock of a run."""
    return datetime.now(UTC)


def scan_inventory(
    file: Path, selection: Selection, options: Options, console: Console, *, dry_run: bool = False
) -> ExitCode:
    """Inspect the selected sites of an inventory file, one after the other.

    Everything that would keep one of them from being inspected is found out before the first: raises
    AuthorizationError, or another XunjianError for what is wrong with inventory, selection or options.
    """
    inventory = load_inventory(file)
    chosen = [(with_logo(site, file.parent), names) for site, names in selection.of(inventory)]
    if dry_run:
        intent = Intent(
            checks=options.rules.checks,
            profile=options.profile,
            override=options.override,
            threads=options.limits.threads,
        )
        return loudest({print_plan(site, names, intent, now(), console) for site, names in chosen})
    # Permission first: nobody is asked for a password that must not be used.
    for site, names in chosen:
        permitted(site, names, now())
        admitted(site, options.profile, now(), options.override)
    for site, _ in chosen:
        check_deliverable(site, options.output)
    check_host_keys(options.host_keys)
    logins = logins_for(inventory, chosen, console)
    return loudest(
        {
            inspect_site(site, names, inventory, logins, _for_site(site, options, len(chosen)), console)
            for site, names in chosen
        }
    )


def _for_site(site: Site, options: Options, sites: int) -> Options:
    """Give each of several sites a folder of its own for its documents."""
    if options.output is None or sites == 1:
        return options
    return replace(options, output=options.output / site.name)


def check_host_keys(rules: HostKeyRules) -> None:
    """Raise HostKeysMissingError when every device would be refused for want of known keys."""
    if rules.trust_first_use is None and not rules.files:
        missing = ", ".join(str(path.expanduser()) for path in rules.known_hosts)
        raise HostKeysMissingError(
            f"no host keys are known: {missing} does not exist; fill it with ssh-keyscan and compare the "
            "fingerprints, name another file with --known-hosts, or accept new keys with --trust-new-hosts"
        )


def inspect_site(
    site: Site,
    names: tuple[str, ...],
    inventory: Inventory,
    logins: dict[str, Login],
    options: Options,
    console: Console,
) -> ExitCode:
    """Collect, judge and report one site; jump hosts and AAA servers are those of its inventory.

    Raises AuthorizationError, RunFolderError or OutputError before a device is touched, RunStoppedError
    when the disk ends the run.
    """
    check_deliverable(site, options.output)
    plan = make_plan(site, names, options, now())
    run = RunFolder.create(options.data, plan)
    with run_lock(run.path, now=now()):
        collect_run(run, plan, inventory, logins, options, console)
        return judge_and_deliver(run, options.rules, options.output, options.fail_on, console)


def collect_run(
    run: RunFolder,
    part: Plan,
    inventory: Inventory,
    logins: Mapping[str, Login],
    options: Options,
    console: Console,
    kept: Mapping[str, Kept] | None = None,
) -> None:
    """Collect a part of a run, or all of it, without what was `kept` before.

    Raises RunStoppedError when the disk ends it.
    """
    journal = options.journal
    journal.write(
        "collecting", run=part.run_id, site=part.site.name, devices=len(part.devices), profile=part.profile
    )
    try:
        with progress(console, part.site.name, part.devices) as show:

            def on_event(event: Event) -> None:
                show(event)
                journal.hear(part.run_id, event)

            ended = collect(
                part,
                run,
                logins,
                now=now,
                host_keys=options.host_keys,
                limits=options.limits,
                aaa_servers=inventory.aaa_servers,
                jump_hosts=inventory.jump_hosts,
                kept=kept,
                on_event=on_event,
            )
    except OSError as error:
        raise RunStoppedError(f"{error}: collecting stopped; what was collected is in {run.path}") from error
    journal.write(
        "collected",
        "warning" if ended.interrupted else "info",
        run=part.run_id,
        detail=ended.interrupted,
        sessions_opened=len(ended.sessions),
        sessions_closed=sum(session.closed_at is not None for session in ended.sessions),
    )


def make_plan(
    site: Site,
    names: tuple[str, ...],
    options: Options,
    begun: datetime,
    authorization: Authorization | None = None,
) -> Plan:
    """Write down what a run is to do.

    Without an `authorization` that the caller has looked at, the site's must be valid at `begun`:
    raises AuthorizationError when it is not.
    """
    authorization = authorization or permitted(site, names, begun)
    devices = [device for device in site.devices if device.name in names]
    # A check that none of them is subject to needs nothing of them.
    checks = [check for check in options.rules.checks if not all(check.unless(d) for d in devices)]
    needs = facts_needed(fact for check in checks for fact in check.facts)
    return Plan(
        run_id=new_run_id(site.name, begun),
        kind=options.kind,
        site=site,
        authorization=authorization,
        devices=names,
        checks=tuple(check.id for check in options.rules.checks),
        only_some_checks=len(options.rules.checks) < len(CHECKS),
        facts=needs,
        profile=options.profile,
        override=options.override,
        commands={
            id_: plan_commands(platform, needs, options.profile) for id_, platform in platforms().items()
        },
        engineer=site.engineer,
        tool_version=version("xunjian"),
        created_at=begun,
    )


def report_run(
    name: str, rules: Rules, data: Path, output: Path | None, fail_on: Severity, console: Console
) -> ExitCode:
    """Judge a run again from its captures and write its documents anew.

    Raises RunBusyError while another process collects it, and RunFolderError, OutputError or LogoError for
    what is wrong with any of them.
    """
    run = open_run(name, data)
    check_deliverable(run.plan.site, output)
    # One that is finished can lie on a medium that nothing can be written to.
    working = run.state in (RunState.PLANNED, RunState.COLLECTING, RunState.COLLECTED)
    with run_lock(run.path, now=now()) if working else nullcontext():
        return judge_and_deliver(run, rules, output, fail_on, console)


def judge_and_deliver(
    run: RunFolder, rules: Rules, output: Path | None, fail_on: Severity, console: Console
) -> ExitCode:
    """Judge what a run folder holds, write the documents, say what came out; raises what `delivered` does."""
    inspection, files = delivered(run, rules, output, console)
    code = exit_code(inspection, fail_on)
    print_summary(inspection, run.path, files, code, console)
    return code


def delivered(
    run: RunFolder, rules: Rules, output: Path | None, console: Console
) -> tuple[Inspection, Delivery]:
    """Judge what a run folder holds and write the documents.

    Raises RunFolderError when the run cannot be read, RunStoppedError when the disk ends the work.
    """
    inspection = judged(run, rules, console)
    try:
        with console.working("writing the documents"):
            files = deliver(inspection, output or run.path / "output")
            _advance(run, RunState.REPORTED)
    except OSError as error:
        raise _not_written(run, error) from error
    return inspection, files


def judged(run: RunFolder, rules: Rules, console: Console) -> Inspection:
    """Judge what a run folder holds and remember it; no document is written.

    Raises RunFolderError when the run cannot be read, RunStoppedError when the disk ends the work.
    """
    try:
        with memory(run, rules.history, console.note) as past:
            with reading(console, run.plan.devices) as on_device:
                inspection, damage = judge_run(run, rules, on_device, past.earlier)
            inspection = past.remember(inspection)
        _advance(run, RunState.JUDGED)
    except OSError as error:
        raise _not_written(run, error) from error
    for each in damage:
        console.note(f"damaged and not used: {run.path / each.file}: {each.detail}")
    return inspection


def _not_written(run: RunFolder, error: OSError) -> RunStoppedError:
    return RunStoppedError(
        f"the documents could not be written: {error}; then run `xunjian report {run.path}`"
    )


def exit_code(inspection: Inspection, fail_on: Severity) -> ExitCode:
    """Sum an inspection up for a calling script."""
    if not inspection.complete:
        return ExitCode.INCOMPLETE
    counted = SEVEREST_FIRST[: SEVEREST_FIRST.index(fail_on) + 1]
    found = any(finding.severity in counted for finding in inspection.findings)
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def logins_for(
    inventory: Inventory, chosen: Sequence[tuple[Site, tuple[str, ...]]], console: Console
) -> dict[str, Login]:
    """Fetch the secrets for these devices and the jump hosts before them; raises CredentialError."""
    devices = (d for site, names in chosen for d in site.devices if d.name in names)
    wanted = credential_names(devices, inventory.jump_hosts)

    def ask(credential: str, username: str) -> str:
        return console.ask_password(f"password of {username} (credential {credential}): ")

    return resolve(inventory.credentials, sorted(wanted), os.environ, ask if console.interactive else None)


def with_logo(site: Site, folder: Path) -> Site:
    """Make the logo's path independent of where the command is run."""
    return site.model_copy(update={"logo": str((folder / site.logo).resolve())}) if site.logo else site


def _advance(run: RunFolder, state: RunState) -> None:
    """Move a run on; one that is judged or reported again stays where it is."""
    order = list(RunState)
    if order.index(run.state) < order.index(state):
        run.advance(state)

"""What a run will do, said before it does anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heapreplace

from agent.console import Console
from agent.exit_codes import ExitCode
from checks.check import Check
from collector.authorization import permitted
from collector.collect import facts_needed, plan_commands
from collector.errors import AuthorizationError
from collector.gates import admitted
from collector.inventory import Device, Site
from collector.platform import Platform, platforms
from collector.profile import ProfileName, profiles

_LOGIN_S = 3.0
_COMMAND_S = 0.5
"""Rough times of a real switch, for the estimate only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What is wanted of every site of a run."""

    checks: tuple[Check, ...]
    profile: ProfileName
    override: str
    """Why sensitive periods are passed over; empty: they are not."""
    threads: int
    """Devices worked on at the same time, where the site does not want fewer."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The facts that the checks need."""
        return facts_needed(fact for check in self.checks for fact in check.facts)

    def commands(self, device: Device) -> int:
        """How many commands a device is asked; of one that is yet to be recognised, the most it can be."""
        return max(len(plan_commands(p, self.needs, self.profile)) for p in _candidates([device]))


def print_plan(
    site: Site, names: Sequence[str], intent: Intent, moment: datetime, console: Console
) -> ExitCode:
    """Say which devices would be asked what, for how long, and whether that may be done at `moment`."""
    devices = [device for device in site.devices if device.name in names]
    at_once = min(intent.threads, site.concurrency or intent.threads)
    efforts = [_effort_s(intent.commands(device)) for device in devices]
    whole = estimated_s(efforts, at_once)
    _print_devices(site, devices, efforts, intent, console)
    console.say(
        f"about {_spelled(whole)}: {at_once} at a time; assumed are {_LOGIN_S:g} s for a login and "
        f"{_COMMAND_S:g} s for a command, which old or busy switches exceed"
    )
    for line in _left_out(devices, intent):
        console.say(line)
    for platform in _candidates(devices):
        console.say(f"\n{platform.id}:")
        for command in plan_commands(platform, intent.needs, intent.profile):
            console.say(f"  {command}")
    refusal = _refusal(site, names, intent, moment)
    if refusal:
        console.error(refusal)
    console.result(
        {
            "site": site.name,
            "profile": intent.profile,
            "devices": len(devices),
            "commands": sum(intent.commands(device) for device in devices),
            "at_once": at_once,
            "estimated_s": round(whole),
            "refused": refusal,
        }
    )
    return ExitCode.REFUSED if refusal else ExitCode.CLEAN


def estimated_s(efforts_s: Sequence[float], at_once: int) -> float:
    """Give how long devices of these efforts take, begun in their order as places become free."""
    places = [0.0] * max(1, min(at_once, len(efforts_s)))
    heapify(places)
    for effort in efforts_s:
        heapreplace(places, places[0] + effort)
    return max(places)


def _print_devices(
    site: Site, devices: Sequence[Device], efforts_s: Sequence[float], intent: Intent, console: Console
) -> None:
    rows = [
        (
            d.name,
            f"{d.host}:{d.port}" if d.protocol == "ssh" else f"{d.protocol} {d.host}:{d.port}",
            " > ".join(d.jump) or "-",
            d.platform,
            str(intent.commands(d)),
            f"{effort:.0f} s",
            d.credential,
        )
        for d, effort in zip(devices, efforts_s, strict=True)
    ]
    headings = ("device", "address", "via", "platform", "commands", "about", "credential")
    title = (
        f"{site.name}: profile {intent.profile}, devices: {len(devices)}, checks: {len(intent.checks)}"
        + (f", sensitive periods overridden: {intent.override}" if intent.override else "")
    )
    console.table(headings, rows, title=title)


def _left_out(devices: Sequence[Device], intent: Intent) -> Iterator[str]:
    """Name the checks that this profile leaves out by choice, where each platform is concerned."""
    how = profiles()[intent.profile]
    for platform in _candidates(devices):
        left = [c.id for c in intent.checks if any(how.left_out(platform, fact) for fact in c.needs)]
        if left:
            yield f"not assessed by choice of the profile on {platform.id}: {', '.join(left)}"


def _candidates(devices: Sequence[Device]) -> list[Platform]:
    """Give the platforms that these devices can turn out to be of."""
    known = platforms()
    named = {device.platform for device in devices}
    return list(known.values()) if "auto" in named else [known[id_] for id_ in sorted(named)]


def _refusal(site: Site, names: Sequence[str], intent: Intent, moment: datetime) -> str:
    try:
        permitted(site, names, moment)
        admitted(site, intent.profile, moment, intent.override)
    except AuthorizationError as error:
        return str(error)
    return ""


def _effort_s(commands: int) -> float:
    return _LOGIN_S + commands * _COMMAND_S


def _spelled(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"

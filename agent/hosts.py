"""Host keys: looked at, compared by a person, written down."""

import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import paramiko

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.run import Selection
from collector.errors import DeviceError, XunjianError
from collector.host_keys import HostKeyRules, fingerprint, fingerprint_md5, known_as
from collector.inventory import Device
from collector.inventory_file import load_inventory
from collector.known_hosts import entry_of, remember
from collector.shown_key import ShownKey, shown_key

_AT_ONCE = 20
_CONNECT_S = 10.0


class FingerprintError(XunjianError):
    """A fingerprint that was given is none of the keys that were shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What may be written down without asking, and what may be replaced at all."""

    everything_new: bool = False
    fingerprints: frozenset[str] = frozenset()
    """Those that somebody has compared already; when there are any, nothing else is trusted."""
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of asking one device for its key."""

    device: Device
    key: ShownKey | None
    why: str = ""
    """Why there is no key."""

    @property
    def is_roundabout(self) -> bool:
        """It is not connected to over SSH from here, so there was no key to ask for."""
        return self.device.protocol == "telnet" or bool(self.device.jump)

    @property
    def state(self) -> str:
        """Say in a word how what it shows stands to what is known."""
        if self.key is None:
            return "not asked"
        return "known" if self.key.is_known else "CHANGED" if self.key.has_changed else "new"


def trust_hosts(
    inventory: Path, selection: Selection, known_hosts: Path, trust: Trust, console: Console
) -> ExitCode:
    """Show the host key of every selected device and write down those that are confirmed.

    Nobody is logged in, so no permission is needed. INCOMPLETE when a device's key is not known in the
    end. Raises SelectionError, FingerprintError, or HostKeyError for a file that cannot be read or written.
    """
    devices = [
        device
        for site, names in selection.of(load_inventory(inventory))
        for device in site.devices
        if device.name in names
    ]
    with console.working("asking for host keys"):
        seen = look(devices, HostKeyRules((known_hosts,)))
    _show(seen, console)
    shown = {fingerprint(each.key.shown) for each in seen if each.key is not None}
    if trust.fingerprints - shown:
        raise FingerprintError(f"no device shows {', '.join(sorted(trust.fingerprints - shown))}")
    written = [each for each in seen if _confirmed(each, trust, console)]
    for each in written:
        assert each.key is not None  # noqa: S101 (nothing else is confirmed)
        remember(known_hosts, each.key.name, each.key.shown, instead=each.key.has_changed)
    left = [each for each in seen if each not in written and each.state != "known"]
    console.say(f"written to {known_hosts}: {len(written)}; not trusted: {len(left)}")
    console.result(
        {
            "known_hosts": str(known_hosts),
            "written": [each.device.name for each in written],
            "devices": [_for_script(each) for each in seen],
        }
    )
    return ExitCode.INCOMPLETE if left else ExitCode.CLEAN


def list_hosts(known_hosts: Path, inventory: Path | None, console: Console) -> ExitCode:
    """Show what a known_hosts file holds: of an inventory's devices, or all of it.

    INCOMPLETE when nothing is known of a device of the inventory.
    """
    path = known_hosts.expanduser()
    lines = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    entries = [entry for line in lines if (entry := entry_of(line)) is not None]
    rows = [
        ("(hashed)" if name.startswith("|") else name, e.key.get_name(), fingerprint(e.key))
        for e in entries
        for name in e.hostnames
    ]
    missing: list[str] = []
    if inventory is not None:
        rules = HostKeyRules((known_hosts,))
        rows = []
        for device in (d for site in load_inventory(inventory).sites for d in site.devices):
            name = known_as(device.host, device.port)
            keys = rules.known(name)
            rows += [(f"{device.name} ({name})", key.get_name(), fingerprint(key)) for key in keys]
            if not keys:
                rows.append((f"{device.name} ({name})", "-", "nothing is known"))
                missing.append(device.name)
    console.table(("host", "key", "fingerprint"), rows, title=str(path))
    known = [{"host": host, "type": type_, "fingerprint": said} for host, type_, said in rows if type_ != "-"]
    console.result({"known_hosts": str(path), "known": known, "missing": missing})
    return ExitCode.INCOMPLETE if missing else ExitCode.CLEAN


def look(devices: Iterable[Device], rules: HostKeyRules) -> list[Seen]:
    """Ask all devices for their keys, some at a time, and give them in this order."""
    stop = Event()

    def ask(device: Device) -> Seen:
        if device.protocol == "telnet":
            return Seen(device, None, "telnet has no host key")
        if device.jump:
            return Seen(device, None, f"stands behind jump host {device.jump[-1]}: add its key by hand")
        try:
            return Seen(
                device,
                shown_key(
                    device.host,
                    device.port,
                    rules=rules,
                    connect_s=_CONNECT_S,
                    stop=stop,
                    legacy=device.legacy,
                ),
            )
        except DeviceError as error:
            return Seen(device, None, str(error))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            return list(pool.map(ask, devices))
        except BaseException:
            stop.set()
            raise


def _show(seen: Sequence[Seen], console: Console) -> None:
    rows = []
    for each in seen:
        where = f"{each.device.host}:{each.device.port}"
        if each.key is None:
            rows.append((each.device.name, where, each.state, "-", each.why))
            continue
        for what, key in (("shows", each.key.shown), *(("known", k) for k in _others(each.key))):
            said = f"{what} {fingerprint(key)} {fingerprint_md5(key)}"
            rows.append((each.device.name, where, each.state, key.get_name(), said))
    console.table(("device", "address", "state", "key", "fingerprint"), rows, long="fingerprint")


def _others(key: ShownKey) -> tuple[paramiko.PKey, ...]:
    return key.known if key.has_changed else ()


def _confirmed(each: Seen, trust: Trust, console: Console) -> bool:
    """Tell whether this key may be written down; a changed one by the device's name alone."""
    key, name = each.key, each.device.name
    if key is None or key.is_known:
        return False
    if trust.fingerprints and fingerprint(key.shown) not in trust.fingerprints:
        return False
    if key.has_changed:
        if not trust.replace:
            console.note(f"{name}: its key has changed; find out why, then use --replace")
            return False
        return _answer(f"type {name} to replace its key by {fingerprint(key.shown)}: ") == name
    if trust.everything_new or trust.fingerprints:
        return True
    return _answer(f"is {fingerprint(key.shown)} the key of {name}? [y/N] ").lower() in ("y", "yes")


def _answer(question: str) -> str:
    """Ask on standard error, so that standard output stays the result; empty when nobody answers."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _for_script(each: Seen) -> dict[str, object]:
    said: dict[str, object] = {
        "device": each.device.name,
        "address": f"{each.device.host}:{each.device.port}",
        "state": each.state.lower(),
        "reason": each.why,
    }
    if each.key is not None:
        said |= {
            "type": each.key.shown.get_name(),
            "fingerprint": fingerprint(each.key.shown),
            "known": [fingerprint(key) for key in each.key.known],
        }
    return said

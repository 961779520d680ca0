"""From an inventory file to a valid Inventory, or to everything that is wrong with it.

YAML (`.yaml`, `.yml`) is the full form; `inventory.example.yaml` explains it. Excel (`.xlsx`) and CSV
(`.csv`; UTF-8 with or without BOM, or GB18030) hold the same as tables, with English or Chinese
column names: `collector.inventory_tables` says how.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from collector.errors import InventoryError
from collector.inventory import (
    AaaServer,
    Authorization,
    Contact,
    Credential,
    Device,
    Expected,
    Inventory,
    JumpHost,
    Period,
    Site,
)
from collector.inventory_draft import HIDDEN, Draft, is_secret_key
from collector.inventory_draft import Path as DraftPath
from collector.inventory_tables import read_csv, read_xlsx
from collector.inventory_yaml import read_yaml
from collector.platform import platforms

DEFAULTS = (
    "credential", "port", "platform", "timeout_s", "role", "location", "tags",
    "jump", "aaa", "legacy", "protocol", "insecure",
)  # fmt: skip
"""What a site's `defaults` may say for its devices."""

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_ENVIRONMENT_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KINDS: dict[str, type[BaseModel]] = {
    "sites": Site,
    "devices": Device,
    "authorization": Authorization,
    "contacts": Contact,
    "credentials": Credential,
    "expect": Expected,
    "jump_hosts": JumpHost,
    "aaa_servers": AaaServer,
    "sensitive_periods": Period,
    "maintenance_windows": Period,
}

_EXPECTED: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda _: "must be a text",
    "string_too_short": lambda _: "must not be empty",
    "string_too_long": lambda c: f"must be at most {c['max_length']} characters long",
    "string_pattern_mismatch": lambda _: "must be a name without blanks and slashes",
    "int_parsing": lambda _: "must be a whole number",
    "int_type": lambda _: "must be a whole number",
    "bool_parsing": lambda _: "must be true or false",
    "float_parsing": lambda _: "must be a number",
    "float_type": lambda _: "must be a number",
    "greater_than": lambda c: f"must be greater than {c['gt']}",
    "greater_than_equal": lambda c: f"must be at least {c['ge']}",
    "less_than_equal": lambda c: f"must be at most {c['le']}",
    "literal_error": lambda c: f"must be {c['expected']}",
    "too_short": lambda c: f"must hold at least {c['min_length']} entry",
    "tuple_type": lambda _: "must be a list",
    "dict_type": lambda _: "must be `key: value` lines",
    "model_type": lambda _: "must be `key: value` lines",
    "timezone_aware": lambda _: "must have a time zone, like 2026-11-22T20:00:00+08:00",
    "value_error": lambda c: str(c["error"]),
}


def load_inventory(path: Path) -> Inventory:
    """Read and check an inventory file; every device has its site's defaults, every key file its folder.

    Raises InventoryError with every problem that can be found in one reading.
    """
    draft = _read(path)
    inventory: Inventory | None = None
    if draft.data:
        _check_sites(draft)
        try:
            inventory = Inventory.model_validate(draft.data)
        except ValidationError as error:
            for detail in error.errors():
                _report(draft, detail)
    if draft.problems or inventory is None:
        raise InventoryError(problem for _, problem in sorted(draft.problems, key=lambda item: item[0]))
    return _with_key_folder(inventory, path.parent)


def _with_key_folder(inventory: Inventory, folder: Path) -> Inventory:
    """Make the paths of keys independent of where a command is run."""
    credentials = {
        name: each.model_copy(update={"key_file": str(folder / Path(each.key_file).expanduser())})
        if each.key_file
        else each
        for name, each in inventory.credentials.items()
    }
    return inventory.model_copy(update={"credentials": credentials})


def _read(path: Path) -> Draft:
    name = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        return _unreadable(name, f"cannot be read: {error.strerror}")
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return read_xlsx(name, content)
    if suffix not in (".yaml", ".yml", ".csv"):
        return _unreadable(name, "must be a .yaml, .xlsx or .csv file (save .xls as .xlsx)")
    text = _decoded(content)
    if text is None:
        return _unreadable(name, "must be a text file in UTF-8 or GB18030")
    return read_csv(name, text) if suffix == ".csv" else read_yaml(name, text)


def _unreadable(name: str, why: str) -> Draft:
    draft = Draft(name, path_shown=False)
    draft.report((), None, why)
    return draft


def _decoded(content: bytes) -> str | None:
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _check_sites(draft: Draft) -> None:
    """Fill in defaults, and find what no type can say: duplicates and references into nothing."""
    names = {kind: list(_mapping(draft, kind)) for kind in ("credentials", "jump_hosts", "aaa_servers")}
    _check_variables(draft)
    for name, host in _mapping(draft, "jump_hosts").items():
        if isinstance(host, dict):
            _check_jump_host(draft, ("jump_hosts", name), host, names["credentials"])
    seen: dict[str, DraftPath] = {}
    for path, site in _mappings(draft.data, "sites", ()):
        _report_twice(draft, seen, site.get("name"), (*path, "name"), "site name")
        _merge_defaults(draft, path, site)
        logo = site.get("logo")
        if isinstance(logo, str) and logo and not (Path(draft.file).parent / logo).is_file():
            draft.report((*path, "logo"), logo, "no such file (paths are relative to the inventory)")
        device_names: dict[str, DraftPath] = {}
        addresses: dict[str, DraftPath] = {}
        for here, device in _mappings(site, "devices", path):
            _report_twice(draft, device_names, device.get("name"), (*here, "name"), "device name")
            host, port = device.get("host"), device.get("port", "22")
            if isinstance(host, str):
                _check_host(draft, (*here, "host"), host)
                _report_twice(draft, addresses, f"{_plain(host)}:{port}", (*here, "host"), "address and port")
            _check_references(draft, here, device, names)


def _mappings(
    parent: dict[str, Any], key: str, path: DraftPath
) -> Iterator[tuple[DraftPath, dict[str, Any]]]:
    items = parent.get(key)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (*path, key, index), item


def _merge_defaults(draft: Draft, path: DraftPath, site: dict[str, Any]) -> None:
    defaults = site.pop("defaults", {})
    if not isinstance(defaults, dict):
        draft.report((*path, "defaults"), defaults, "must be `key: value` lines")
        return
    for key in defaults.keys() - set(DEFAULTS):
        draft.report((*path, "defaults", key), None, f"unknown key {key}; known are {', '.join(DEFAULTS)}")
    for here, device in _mappings(site, "devices", path):
        for key in DEFAULTS:
            if key in defaults and key not in device:
                device[key] = defaults[key]
                draft.origins[(*here, key)] = (*path, "defaults", key)


def _report_twice(
    draft: Draft, seen: dict[str, DraftPath], value: object, path: DraftPath, what: str
) -> None:
    if not isinstance(value, str):
        return
    # Names become file names, and some file systems do not tell `A` from `a`.
    first = seen.setdefault(value.strip().casefold(), path)
    if first != path:
        draft.report(path, value, f"{what} stands twice, first at {draft.place(first).text}")


def _check_host(draft: Draft, path: DraftPath, host: str) -> None:
    plain = _plain(host)
    if not _HOST.fullmatch(plain) and not _is_address(plain):
        draft.report(path, host, "must be an IP address or host name, without user, scheme and port")


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _plain(host: str) -> str:
    """Spell a host in one way, so that the same one is recognised."""
    host = host.strip()
    return str(ipaddress.ip_address(host)) if _is_address(host) else host.casefold()


def _check_jump_host(draft: Draft, path: DraftPath, host: dict[str, Any], credentials: list[str]) -> None:
    if isinstance(host.get("host"), str):
        _check_host(draft, (*path, "host"), host["host"])
    _check_known(draft, (*path, "credential"), host.get("credential"), "credential", credentials)


def _check_references(
    draft: Draft, path: DraftPath, device: dict[str, Any], names: dict[str, list[str]]
) -> None:
    if device.get("credential") is None:
        known = ", ".join(names["credentials"]) or "none"
        draft.report(
            path,
            None,
            f"no credential: write `credential` here or in the site's defaults; defined are {known}",
        )
    _check_known(draft, (*path, "credential"), device.get("credential"), "credential", names["credentials"])
    if device.get("aaa"):
        _check_known(draft, (*path, "aaa"), device["aaa"], "AAA server", names["aaa_servers"])
    jumps = device.get("jump")
    for index, jump in enumerate(jumps if isinstance(jumps, list) else ()):
        _check_known(draft, (*path, "jump", index), jump, "jump host", names["jump_hosts"])
    platform = device.get("platform", "auto")
    choices = ("auto", *platforms())
    if platform not in choices:
        draft.report((*path, "platform"), platform, f"must be one of {', '.join(choices)}")


def _check_known(draft: Draft, path: DraftPath, name: object, what: str, known: list[str]) -> None:
    if isinstance(name, str) and name not in known:
        draft.report(path, name, f"no such {what}; defined are {', '.join(known) or 'none'}")


def _mapping(draft: Draft, key: str) -> dict[str, Any]:
    value = draft.data.get(key)
    return value if isinstance(value, dict) else {}


def _check_variables(draft: Draft) -> None:
    """Catch a password written where the name of its variable belongs."""
    for name, credential in _mapping(draft, "credentials").items():
        for key in ("password_env", "key_passphrase_env"):
            variable = credential.get(key) if isinstance(credential, dict) else None
            if isinstance(variable, str) and variable and not _ENVIRONMENT_VARIABLE.fullmatch(variable):
                draft.report(
                    ("credentials", name, key),
                    HIDDEN,
                    "must be the name of an environment variable (letters, digits, _), not a password",
                )


def _report(draft: Draft, detail: ErrorDetails) -> None:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    if kind == "extra_forbidden":
        # The value of a key we do not know may be anything, also a password.
        draft.report(path, None, f"unknown key {path[-1]}; {_suggestion(path)}")
        return
    if kind == "missing":
        draft.report(path[:-1], None, f"{path[-1]} is missing")
        return
    if kind == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
        return  # there are enough, but they are wrong themselves, and that is told elsewhere
    spoken = _EXPECTED.get(kind)
    expected = spoken(detail.get("ctx", {})) if spoken else detail["msg"]
    if kind.startswith("datetime"):
        expected = "must be date and time, like 2026-11-22T20:00:00+08:00"
    guarded = path[0] == "credentials" or any(is_secret_key(str(part)) for part in path)
    draft.report(path, HIDDEN if guarded else detail["input"], expected)


def _suggestion(path: DraftPath) -> str:
    around = [str(part) for part in path[:-1] if isinstance(part, str)]
    kind = next((_KINDS[part] for part in reversed(around) if part in _KINDS), Inventory)
    known = [*kind.model_fields, *(["defaults"] if kind is Site else [])]
    close = get_close_matches(str(path[-1]), known, 1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"

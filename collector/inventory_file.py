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
    Authorization,
    Contact,
    Credential,
    Device,
    Expected,
    Inventory,
    Site,
)
from collector.inventory_draft import HIDDEN, Draft, is_secret_key
from collector.inventory_draft import Path as DraftPath
from collector.inventory_tables import read_csv, read_xlsx
from collector.inventory_yaml import read_yaml
from collector.platform import platforms

DEFAULTS = ("credential", "port", "platform", "timeout_s", "role", "location", "tags")
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
}

_EXPECTED: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_type": lambda _: "应为一段文字",
    "string_too_short": lambda _: "不能为空",
    "string_too_long": lambda c: f"最多 {c['max_length']} 个字符",
    "string_pattern_mismatch": lambda _: "应为不含空格和斜杠的名称",
    "int_parsing": lambda _: "应为整数",
    "int_type": lambda _: "应为整数",
    "float_parsing": lambda _: "应为数字",
    "float_type": lambda _: "应为数字",
    "greater_than": lambda c: f"应大于 {c['gt']}",
    "greater_than_equal": lambda c: f"应不小于 {c['ge']}",
    "less_than_equal": lambda c: f"应不大于 {c['le']}",
    "literal_error": lambda c: f"应为 {c['expected'].replace(' or ', ', ').replace(', ', '、')} 之一",
    "too_short": lambda c: f"至少要有 {c['min_length']} 项",
    "tuple_type": lambda _: "应为列表",
    "dict_type": lambda _: "应为“键: 值”",
    "model_type": lambda _: "应为“键: 值”",
    "timezone_aware": lambda _: "应带时区，如 2026-11-22T20:00:00+08:00",
    "value_error": lambda c: str(c["error"]),
}


def load_inventory(path: Path) -> Inventory:
    """Read and check an inventory file; every device has its site's defaults filled in.

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
    return inventory


def _read(path: Path) -> Draft:
    name = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        return _unreadable(name, f"读不到文件：{error.strerror}")
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return read_xlsx(name, content)
    if suffix not in (".yaml", ".yml", ".csv"):
        return _unreadable(name, "应为 .yaml、.xlsx 或 .csv 文件（.xls 请另存为 .xlsx）")
    text = _decoded(content)
    if text is None:
        return _unreadable(name, "不是文本文件，或编码既非 UTF-8 也非 GB18030")
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
    credentials = draft.data.get("credentials")
    names = list(credentials) if isinstance(credentials, dict) else []
    _check_password_variables(draft, credentials)
    seen: dict[str, DraftPath] = {}
    for path, site in _mappings(draft.data, "sites", ()):
        _report_twice(draft, seen, site.get("name"), (*path, "name"), "局点名")
        _merge_defaults(draft, path, site)
        logo = site.get("logo")
        if isinstance(logo, str) and logo and not (Path(draft.file).parent / logo).is_file():
            draft.report((*path, "logo"), logo, "没有这个文件（路径相对于设备清单）")
        device_names: dict[str, DraftPath] = {}
        addresses: dict[str, DraftPath] = {}
        for here, device in _mappings(site, "devices", path):
            _report_twice(draft, device_names, device.get("name"), (*here, "name"), "设备名")
            host, port = device.get("host"), device.get("port", "22")
            if isinstance(host, str):
                _check_host(draft, (*here, "host"), host)
                _report_twice(draft, addresses, f"{_plain(host)}:{port}", (*here, "host"), "地址和端口")
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
        draft.report((*path, "defaults"), defaults, "应为“键: 值”")
        return
    for key in defaults.keys() - set(DEFAULTS):
        draft.report((*path, "defaults", key), None, f"未知的键 {key}，可用：{'、'.join(DEFAULTS)}")
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
        draft.report(path, value, f"{what}重复，{draft.place(first).text} 已经用过")


def _check_host(draft: Draft, path: DraftPath, host: str) -> None:
    plain = _plain(host)
    if not _HOST.fullmatch(plain) and not _is_address(plain):
        draft.report(path, host, "应为 IP 地址或主机名，不带用户名、协议和端口")


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


def _check_references(draft: Draft, path: DraftPath, device: dict[str, Any], credentials: list[str]) -> None:
    credential = device.get("credential")
    known = "、".join(credentials) or "（清单中没有定义任何凭据）"
    if credential is None:
        draft.report(path, None, f"没有指定凭据：请写 credential，或在 defaults 中给出；已定义：{known}")
    elif credential not in credentials:
        draft.report((*path, "credential"), credential, f"没有这个凭据，已定义：{known}")
    platform = device.get("platform", "auto")
    choices = ("auto", *platforms())
    if platform not in choices:
        draft.report((*path, "platform"), platform, f"应为 {'、'.join(choices)} 之一")


def _check_password_variables(draft: Draft, credentials: object) -> None:
    """Catch a password written where the name of its variable belongs."""
    if not isinstance(credentials, dict):
        return
    for name, credential in credentials.items():
        variable = credential.get("password_env") if isinstance(credential, dict) else None
        if isinstance(variable, str) and variable and not _ENVIRONMENT_VARIABLE.fullmatch(variable):
            path = ("credentials", name, "password_env")
            draft.report(path, HIDDEN, "应为环境变量的名称（字母、数字、下划线），不是密码本身")


def _report(draft: Draft, detail: ErrorDetails) -> None:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    if kind == "extra_forbidden":
        # The value of a key we do not know may be anything, also a password.
        draft.report(path, None, f"未知的键 {path[-1]}，{_suggestion(path)}")
        return
    if kind == "missing":
        draft.report(path[:-1], None, f"缺少 {path[-1]}")
        return
    if kind == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
        return  # there are enough, but they are wrong themselves, and that is told elsewhere
    spoken = _EXPECTED.get(kind)
    expected = spoken(detail.get("ctx", {})) if spoken else detail["msg"]
    if kind.startswith("datetime"):
        expected = "应为日期和时间，如 2026-11-22T20:00:00+08:00"
    guarded = path[0] == "credentials" or any(is_secret_key(str(part)) for part in path)
    draft.report(path, HIDDEN if guarded else detail["input"], expected)


def _suggestion(path: DraftPath) -> str:
    around = [str(part) for part in path[:-1] if isinstance(part, str)]
    kind = next((_KINDS[part] for part in reversed(around) if part in _KINDS), Inventory)
    known = [*kind.model_fields, *(["defaults"] if kind is Site else [])]
    close = get_close_matches(str(path[-1]), known, 1)
    return f"是否想写 {close[0]}？" if close else f"可用：{'、'.join(known)}"

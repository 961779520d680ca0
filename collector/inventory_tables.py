"""Reads an inventory written as tables: an Excel workbook or a CSV file.

Both have the same columns, and a row may fill any of them: a CSV file is one table with a row per
device that repeats its site; a workbook spreads the same columns over sheets 局点, 设备, 凭据, 授权 and
联系人 (a row of 局点 has no device, a row of 凭据 no site). What is said twice must agree. A row
without 局点 belongs to the only site there is. Lists in a cell are separated by commas or spaces; a
command is written as in a shell, with quotation marks around arguments that hold blanks.
"""

import csv
import io
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile

from collector.inventory_draft import HIDDEN, WHERE_IT_BELONGS, Draft, Path, Place, is_secret_key

COLUMNS: dict[tuple[str, str], tuple[str, ...]] = {
    ("site", "name"): ("site", "局点", "局点名称"),
    ("site", "customer"): ("customer", "客户", "客户名称"),
    ("site", "industry"): ("industry", "行业"),
    ("site", "service_level"): ("service_level", "服务级别"),
    ("site", "service_from"): ("service_from", "服务开始"),
    ("site", "service_until"): ("service_until", "服务结束"),
    ("site", "contract"): ("contract", "合同号", "合同编号"),
    ("site", "order"): ("order", "派工单号"),
    ("site", "classification"): ("classification", "密级"),
    ("site", "timezone"): ("timezone", "时区"),
    ("site", "logo"): ("logo", "客户标志"),
    ("site", "provider"): ("provider", "服务商", "巡检单位"),
    ("site", "engineer"): ("engineer", "工程师", "巡检人"),
    ("site", "reviewer"): ("reviewer", "审核人"),
    ("site", "concurrency"): ("concurrency", "并发设备数"),
    ("site", "max_login_failures"): ("max_login_failures", "登录失败上限"),
    ("defaults", "credential"): ("default_credential", "默认凭据"),
    ("defaults", "platform"): ("default_platform", "默认平台"),
    ("defaults", "port"): ("default_port", "默认端口"),
    ("defaults", "role"): ("default_role", "默认角色"),
    ("defaults", "timeout_s"): ("default_timeout_s", "默认超时"),
    ("contact", "name"): ("contact", "联系人", "联系人姓名"),
    ("contact", "role"): ("contact_role", "联系人角色", "联系人职务"),
    ("contact", "phone"): ("contact_phone", "联系电话", "电话"),
    ("contact", "email"): ("contact_email", "邮箱", "电子邮件"),
    ("device", "name"): ("device", "name", "设备名", "设备名称"),
    ("device", "host"): ("host", "管理地址", "地址"),
    ("device", "port"): ("port", "端口"),
    ("device", "platform"): ("platform", "平台"),
    ("device", "role"): ("role", "角色"),
    ("device", "location"): ("location", "位置"),
    ("device", "tags"): ("tags", "标签"),
    ("device", "timeout_s"): ("timeout_s", "超时"),
    ("device", "legacy"): ("legacy", "旧算法"),
    ("device", "protocol"): ("protocol", "协议"),
    ("device", "insecure"): ("insecure", "允许明文"),
    ("expect", "uplinks"): ("uplinks", "上行口"),
    ("expect", "psu_min"): ("psu_min", "电源数"),
    ("expect", "stack_members"): ("stack_members", "堆叠成员数"),
    ("expect", "ospf_neighbors"): ("ospf_neighbors", "OSPF邻居数"),
    ("credential", "name"): ("credential", "凭据"),
    ("credential", "username"): ("username", "用户名"),
    ("credential", "password_env"): ("password_env", "密码环境变量"),
    ("credential", "password_keyring"): ("password_keyring", "密码钥匙串"),
    ("credential", "password_command"): ("password_command", "密码命令"),
    ("credential", "key_file"): ("key_file", "密钥文件"),
    ("credential", "key_passphrase_env"): ("key_passphrase_env", "密钥口令环境变量"),
    ("credential", "use_agent"): ("use_agent", "使用SSH代理"),
    ("authorization", "authorized_by"): ("authorized_by", "授权人"),
    ("authorization", "method"): ("method", "授权方式"),
    ("authorization", "reference"): ("reference", "授权依据", "授权编号"),
    ("authorization", "valid_from"): ("valid_from", "授权开始"),
    ("authorization", "valid_until"): ("valid_until", "授权结束"),
    ("authorization", "devices"): ("authorized_devices", "授权设备"),
}
_BY_HEADING = {heading.casefold(): column for column, headings in COLUMNS.items() for heading in headings}
_LISTS = frozenset({"tags", "uplinks", "devices"})
_NOTES = frozenset({"说明", "readme", "notes"})
"""Sheets that are for people."""


@dataclass(frozen=True, slots=True)
class _Cell:
    value: str
    place: Place


_Row = dict[tuple[str, str], _Cell]


def read_csv(file: str, text: str) -> Draft:
    """Read one table of comma, semicolon or tab separated values."""
    draft = Draft(file, path_shown=False)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    def lines() -> Iterator[tuple[int, list[str]]]:
        for values in reader:
            yield reader.line_num, values

    try:
        rows = list(_rows(draft, 0, "", lines()))
    except csv.Error as error:
        draft.report_at(Place((0,), ""), f"line {reader.line_num}", None, f"no valid CSV: {error}")
        return draft
    _Assembly(draft).take(rows)
    return draft


def read_xlsx(file: str, content: bytes) -> Draft:
    """Read all sheets of an Excel workbook (.xlsx)."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    draft = Draft(file, path_shown=False)
    try:
        book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
        sheets = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        why = f"no Excel workbook (.xlsx) that can be read: {type(error).__name__}"
        draft.report_at(Place((0,), ""), "", None, why)
        return draft
    rows: list[_Row] = []
    for number, (title, values) in enumerate(sheets):
        if title.strip().casefold() not in _NOTES:
            texts = ((line, [_text(value) for value in row]) for line, row in enumerate(values, 1))
            rows += _rows(draft, number, f"{title}!", texts)
    _Assembly(draft).take(rows)
    return draft


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date) else str(value).strip()


def _rows(draft: Draft, sheet: int, prefix: str, lines: Iterable[tuple[int, list[str]]]) -> Iterator[_Row]:
    """The rows of one table as cells by column; the first line that is not empty holds the headings."""
    columns: list[tuple[str, str] | None] | None = None
    for line, values in lines:
        cells = [
            _Cell(value.strip(), Place((sheet, line, index), f"{prefix}{_letters(index)}{line}"))
            for index, value in enumerate(values)
        ]
        if not any(cell.value for cell in cells):
            continue
        if columns is None:
            columns = _headings(draft, cells)
            continue
        for cell in cells[len(columns) :]:
            if cell.value:
                draft.report_at(cell.place, cell.place.text, None, "this column has no heading")
        pairs = zip(columns, cells, strict=False)
        yield {column: cell for column, cell in pairs if column is not None and cell.value}


def _headings(draft: Draft, cells: list[_Cell]) -> list[tuple[str, str] | None]:
    columns: list[tuple[str, str] | None] = []
    for cell in cells:
        column = _BY_HEADING.get(cell.value.casefold())
        if is_secret_key(cell.value) and column is None:
            draft.report_at(cell.place, cell.place.text, cell.value, WHERE_IT_BELONGS)
        elif cell.value and column is None:
            known = ", ".join(
                next((h for h in names if not h.isascii()), names[0]) for names in COLUMNS.values()
            )
            draft.report_at(cell.place, cell.place.text, cell.value, f"unknown column; known are {known}")
        elif column is not None and column in columns:
            draft.report_at(cell.place, cell.place.text, cell.value, "this column stands twice")
            column = None
        columns.append(column)
    return columns


class _Assembly:
    """Puts rows together into the shape of an inventory."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._credentials: dict[str, Any] = {}
        self._sites: list[dict[str, Any]] = []
        self._index: dict[str, int] = {}

    def take(self, rows: list[_Row]) -> None:
        """Fill the draft."""
        names = dict.fromkeys(row["site", "name"].value for row in rows if ("site", "name") in row)
        for name in names:
            self._index[name] = len(self._sites)
            self._sites.append({"name": name, "devices": []})
        for row in rows:
            self._take_credential(row)
            self._take_site(row, next(iter(names)) if len(names) == 1 else None)
        self._draft.data = {"credentials": self._credentials, "sites": self._sites}

    def _take_credential(self, row: _Row) -> None:
        name = row.get(("credential", "name"))
        own = _of(row, "credential", without="name")
        if name is None:
            for cell in own.values():
                self._draft.report_at(
                    cell.place,
                    cell.place.text,
                    None,
                    "this row names no credential (column 凭据 or credential)",
                )
        elif own:
            path: Path = ("credentials", name.value)
            self._draft.places.setdefault(path, name.place)
            self._merge(self._credentials.setdefault(name.value, {}), path, own)

    def _take_site(self, row: _Row, only_site: str | None) -> None:
        about = {entity for entity, _ in row} - {"credential"}
        if not about:
            return
        first = min(cell.place for cell in row.values())
        named = row.get(("site", "name"))
        name = named.value if named else only_site
        if name is None:
            self._draft.report_at(first, first.text, None, "this row names no site (column 局点 or site)")
            return
        index = self._index[name]
        path: Path = ("sites", index)
        site = self._sites[index]
        place = named.place if named else first
        self._draft.places.setdefault(path, place)
        self._draft.places.setdefault((*path, "name"), place)
        self._merge(site, path, _of(row, "site", without="name"))
        for part in ("defaults", "authorization"):
            if own := _of(row, part):
                self._draft.places.setdefault((*path, part), min(cell.place for cell in own.values()))
                self._merge(site.setdefault(part, {}), (*path, part), own)
        if contact := _of(row, "contact"):
            self._append(site, path, "contacts", contact)
        if "device" in about or "expect" in about:
            self._take_device(site, path, row)

    def _take_device(self, site: dict[str, Any], path: Path, row: _Row) -> None:
        device = self._append(site, path, "devices", _of(row, "device"))
        here = (*path, "devices", len(site["devices"]) - 1)
        if expect := _of(row, "expect"):
            self._merge(device.setdefault("expect", {}), (*here, "expect"), expect)
        if credential := row.get(("credential", "name")):
            self._merge(device, here, {"credential": credential})
        if ("authorization", "authorized_by") in row and ("authorization", "devices") not in row:
            covered = site["authorization"].setdefault("devices", [])
            covered.append(device.get("name", ""))

    def _append(self, site: dict[str, Any], path: Path, key: str, cells: dict[str, _Cell]) -> dict[str, Any]:
        items = site.setdefault(key, [])
        here = (*path, key, len(items))
        items.append({})
        if cells:
            self._draft.places[here] = min(cell.place for cell in cells.values())
        self._merge(items[-1], here, cells)
        added: dict[str, Any] = items[-1]
        return added

    def _value(self, key: str, cell: _Cell) -> str | list[str]:
        if key != "password_command":
            return _split(cell.value) if key in _LISTS else cell.value
        try:
            return shlex.split(cell.value)
        except ValueError:
            self._draft.report_at(cell.place, cell.place.text, HIDDEN, "a quotation mark is not closed")
            return []

    def _merge(self, target: dict[str, Any], path: Path, cells: dict[str, _Cell]) -> None:
        """Set what is new; what is said again must be the same."""
        for key, cell in cells.items():
            here = (*path, key)
            value = self._value(key, cell)
            if key not in target:
                target[key] = value
                self._draft.places[here] = cell.place
            elif target[key] != value:
                before = self._draft.places[here].text
                value = HIDDEN if path[0] == "credentials" else cell.value
                self._draft.report_at(
                    cell.place, cell.place.text, value, f"says something else than {before}"
                )


def _of(row: _Row, entity: str, without: str = "") -> dict[str, _Cell]:
    return {key: cell for (kind, key), cell in row.items() if kind == entity and key != without}


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[,，、;；\s]+", text) if part]


def _letters(index: int) -> str:
    """Name of a column as spreadsheets show it: A, B, ..., Z, AA."""
    name = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

"""Our own table of bulletins, CSV or Excel (`docs/advisories.md`): a row per bulletin and product.

Rows with one number are one bulletin: what the first says of the whole holds where later ones say
nothing, and what two say differently is an error. In Excel every sheet with a heading 编号 is read. Lists
in a cell are separated by line breaks, `;` or `、`.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from pydantic import ValidationError

from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats.own_form import WrittenAdvisory
from baselines.advisories.reading import Feed, Record, day_of, finite, whole_bytes
from baselines.advisory import Advisory, Origin
from baselines.explanation import explained

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "id": ("编号", "公告编号", "问题编号", "id"),
    "aliases": ("别名", "CVE", "aliases"),
    "kind": ("类别", "类型", "kind"),
    "title": ("标题", "公告名称", "问题现象", "title"),
    "summary": ("说明", "问题描述", "描述", "summary"),
    "vendor": ("厂商", "vendor"),
    "platforms": ("平台", "platforms"),
    "series": ("产品", "系列", "产品系列", "series"),
    "models": ("型号", "models"),
    "affected": ("受影响版本", "影响版本", "affected"),
    "patch_before": ("修复补丁", "patch_before"),
    "fixed_in": ("修复版本", "解决版本", "fixed_in"),
    "no_fix": ("无修复", "no_fix"),
    "feature": ("触发条件", "feature"),
    "feature_pattern": ("触发配置", "feature_pattern"),
    "hints": ("排查方法", "hints"),
    "remote": ("远程可触发", "remote"),
    "severity": ("级别", "严重级别", "severity"),
    "cvss": ("CVSS", "CVSS评分", "cvss_score"),
    "vectors": ("CVSS向量", "vectors"),
    "workaround": ("规避措施", "规避办法", "workaround"),
    "commands": ("规避命令", "commands"),
    "workaround_pattern": ("规避配置", "workaround_pattern"),
    "references": ("链接", "参考链接", "references"),
    "source": ("来源", "source"),
    "published": ("发布日期", "发布时间", "published"),
    "updated": ("更新日期", "更新时间", "updated"),
}
_BY_HEADING = {heading.casefold(): name for name, headings in COLUMNS.items() for heading in headings}
_PASSED_OVER = frozenset(("序号", "备注", "no", "no.", "remarks"))
_LISTS = frozenset(
    ("aliases", "platforms", "series", "models", "fixed_in", "hints", "vectors", "commands", "references")
)
_OF_PRODUCT = ("platforms", "series", "models", "affected", "patch_before", "fixed_in", "no_fix")
_YES = {"是": True, "有": True, "yes": True, "true": True, "1": True}
_NO = {"否": False, "无": False, "no": False, "false": False, "0": False}
_MOST_ROWS = 200_000


@dataclass(slots=True)
class _Row:
    place: str
    cells: dict[str, str]


@dataclass(slots=True)
class _Bulletin:
    """All rows of one number."""

    place: str
    said: dict[str, str] = field(default_factory=dict)
    products: list[dict[str, Any]] = field(default_factory=list)


def read(path: Path) -> Feed:
    """Read one table; raises AdvisoryError with everything that is wrong with it."""
    data = whole_bytes(path)
    problems: list[str] = []
    tables = _sheets(path, data) if data[:4] == b"PK\x03\x04" else [("", _csv_rows(path, data))]
    rows = [row for prefix, lines in tables for row in _rows(prefix, lines, problems)]
    bulletins = _gathered(rows, problems)
    name = path.name
    made = [_advisory(number, each, name, problems) for number, each in bulletins.items()]
    if not bulletins and not problems:
        problems.append("file: holds no row; a table has the headings 编号, 标题, 厂商, 受影响版本 ...")
    if problems:
        raise AdvisoryError(str(path), problems)
    advisories = [each for each in made if each is not None]
    newest = max((each.updated for each in advisories if each.updated), default=None)
    return Feed(f"自有公告表 {name}", "own_table", str(path), _records(advisories), as_of=newest)


def _records(advisories: list[Advisory]) -> Iterator[Record]:
    yield from advisories


# --- cells ---------------------------------------------------------------------------------------


def _csv_rows(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise AdvisoryError(str(path), ["file: neither UTF-8 nor GB18030 text"])
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from ((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise AdvisoryError(str(path), [f"line {reader.line_num}: no valid CSV: {error}"]) from error


def _sheets(path: Path, data: bytes) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _not_a_bomb(path, data)
    try:
        book = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
        return [
            (f"{sheet.title}!", [(n, [_text(v) for v in row]) for n, row in enumerate(_values(sheet), 1)])
            for sheet in book.worksheets
        ]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError) as error:
        why = f"file: no Excel workbook (.xlsx) that can be read: {type(error).__name__}"
        raise AdvisoryError(str(path), [why]) from error


def _values(sheet: Any) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number >= _MOST_ROWS:
            raise ValueError("too many rows")
        yield row


_MOST_UNPACKED = 256 << 20


def _not_a_bomb(path: Path, data: bytes) -> None:
    """A workbook says in its table of contents how large it becomes."""
    from zipfile import ZipFile

    try:
        size = sum(each.file_size for each in ZipFile(io.BytesIO(data)).infolist())
    except BadZipFile as error:
        raise AdvisoryError(str(path), [f"file: no Excel workbook (.xlsx): {error}"]) from error
    if size > _MOST_UNPACKED:
        raise AdvisoryError(str(path), [f"file: unpacks to more than {_MOST_UNPACKED >> 20} MB"])


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _rows(prefix: str, lines: Iterable[tuple[int, list[str]]], problems: list[str]) -> Iterator[_Row]:
    """The rows under the headings; a sheet whose first row has no 编号 is for people and passed over."""
    names: list[str] | None = None
    for number, values in lines:
        cells = [value.strip() for value in values]
        if not any(cells):
            continue
        if names is None:
            names = _headings(prefix, number, cells, problems)
            if names is None:
                return
            continue
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        if row:
            yield _Row(f"{prefix}row {number}", row)


def _headings(prefix: str, number: int, cells: list[str], problems: list[str]) -> list[str] | None:
    names = [_BY_HEADING.get(cell.casefold(), "") for cell in cells]
    if "id" not in names:
        if prefix == "":
            problems.append(f"row {number}: has no heading 编号; known are {_known()}")
        return None
    for cell, name in zip(cells, names, strict=True):
        if cell and not name and cell.casefold() not in _PASSED_OVER:
            problems.append(f"{prefix}row {number}: unknown column {cell!r}; known are {_known()}, 备注")
        if name and names.count(name) > 1:
            problems.append(f"{prefix}row {number}: column {cell!r} stands twice")
    return names


def _known() -> str:
    return ", ".join(headings[0] for headings in COLUMNS.values())


# --- bulletins -----------------------------------------------------------------------------------


def _gathered(rows: Iterable[_Row], problems: list[str]) -> dict[str, _Bulletin]:
    found: dict[str, _Bulletin] = {}
    for row in rows:
        number = row.cells.get("id", "")
        if not number:
            problems.append(f"{row.place}: 编号: is missing")
            continue
        bulletin = found.setdefault(number, _Bulletin(row.place))
        for name, cell in row.cells.items():
            if name in _OF_PRODUCT:
                continue
            if bulletin.said.setdefault(name, cell) != cell:
                heading = COLUMNS[name][0]
                problems.append(
                    f"{row.place}: {heading}: value {cell[:60]!r}: {bulletin.place} says otherwise"
                )
        bulletin.products.append(_product(row))
    return found


def _product(row: _Row) -> dict[str, Any]:
    cells = row.cells
    patch = cells.get("patch_before")
    product: dict[str, Any] = {
        name: _list(cells[name]) for name in ("platforms", "series", "models", "fixed_in") if name in cells
    }
    if "affected" in cells:
        spans = [{"said": said} for said in _list(cells["affected"])]
        product["affected"] = tuple(span | {"patch_before": patch} if patch else span for span in spans)
    if patch and "fixed_in" not in product:
        product["fixed_in"] = (patch,)
    if (no_fix := cells.get("no_fix")) is not None:
        product["no_fix"] = _flag(no_fix)
    return product


def _advisory(number: str, bulletin: _Bulletin, file: str, problems: list[str]) -> Advisory | None:
    said = bulletin.said
    data: dict[str, Any] = {name: _value(name, cell) for name, cell in said.items() if name in _PLAIN}
    data.setdefault("source", file)
    if "published" in data:
        data.setdefault("updated", data["published"])
    data["products"] = tuple(bulletin.products)
    _block(data, "feature", "detail", said, {"pattern": "feature_pattern", "hints": "hints"})
    _block(data, "workaround", "text", said, {"pattern": "workaround_pattern", "commands": "commands"})
    try:
        written = WrittenAdvisory.model_validate(data)
    except ValidationError as error:
        problems += explained(f"{bulletin.place} {number}", WrittenAdvisory, error)
        return None
    return written.meant(Origin(f"自有公告表 {file}", f"{file} {bulletin.place}"))


_NOT_PLAIN = (
    *_OF_PRODUCT,
    "feature",
    "feature_pattern",
    "hints",
    "workaround",
    "commands",
    "workaround_pattern",
)
_PLAIN = frozenset(COLUMNS) - frozenset(_NOT_PLAIN)


def _block(data: dict[str, Any], name: str, main: str, said: dict[str, str], others: dict[str, str]) -> None:
    inner: dict[str, Any] = {
        key: _value(column, said[column]) for key, column in others.items() if column in said
    }
    if name in said:
        inner[main] = said[name]
    if inner:
        data[name] = inner


def _value(name: str, cell: str) -> Any:
    """Give a cell the type that its column has; what cannot have it stays a text and is told as wrong."""
    if name in _LISTS:
        return _list(cell)
    if name == "remote":
        return _flag(cell)
    if name == "cvss":
        return finite(cell) if finite(cell) is not None else cell
    if name in ("published", "updated"):
        return day_of(cell) or cell
    return cell


def _list(cell: str) -> tuple[str, ...]:
    parts = cell.replace("；", "\n").replace(";", "\n").replace("、", "\n").splitlines()
    return tuple(part.strip() for part in parts if part.strip())


def _flag(cell: str) -> Any:
    return (_YES | _NO).get(cell.casefold(), cell)

"""Sheets of a workbook: texts that stay texts, a header that stays in sight, columns as wide as they need."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.characters import visible
from reports.output import write_atomically

Value = str | float | None
Row = Sequence[Value]

LONGEST = 32_767
"""Characters that Excel allows in one cell."""
CUT = "…（超出 Excel 单元格长度，全文见 inspection.json）"
WIDEST = 66
"""Characters of Latin script: a SHA-256 stands on one line."""
NOT_FORMULA = ("=", "+", "-", "@")


def sheet(header: Sequence[str], rows: Sequence[Row]) -> pd.DataFrame:
    """Make one sheet; every cell is fit for Excel."""
    safe = [
        [_fitting(visible(v.replace("\r\n", "\n"))) if isinstance(v, str) else v for v in row] for row in rows
    ]
    return pd.DataFrame(safe, columns=list(header), dtype=object)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def write_sheets(sheets: Mapping[str, pd.DataFrame], path: Path, created: datetime) -> None:
    """Write the sheets under their names, in order; the file appears whole or not at all."""
    write_atomically(path, lambda draft: _write(sheets, draft, created))


def _write(sheets: Mapping[str, pd.DataFrame], path: Path, created: datetime) -> None:
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
            _dress(writer.sheets[name])
        writer.book.properties.creator = "xunjian"
        writer.book.properties.created = created.replace(tzinfo=None)


def _dress(sheet: Worksheet) -> None:
    """Freeze and filter the header, set widths, and keep every text a text."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for column in sheet.columns:
        cells = [cell for cell in column if isinstance(cell, Cell)]
        cells[0].font = Font(bold=True)
        cells[0].fill = PatternFill("solid", fgColor="DCE6F0")
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            _as_text(cell)
        width = max(_width(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(cells[0].column)].width = min(width, WIDEST) + 3


def _as_text(cell: Cell) -> None:
    """Stop spreadsheet programs from reading device output as a formula, now or when it is edited."""
    if isinstance(cell.value, str) and cell.value.startswith(NOT_FORMULA):
        cell.data_type = "s"
        cell.quotePrefix = True


def _width(text: str) -> int:
    """Width of the longest line in Latin characters; a Chinese one counts double."""
    return max(sum(2 if char >= "\u2e80" else 1 for char in line) for line in text.split("\n"))

"""The documents of an inspection."""

from dataclasses import dataclass
from pathlib import Path

from checks.inspection import Inspection


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the documents of one inspection are."""

    pdf: Path
    workbook: Path
    json: Path


def deliver(inspection: Inspection, folder: Path) -> Delivery:
    """Write PDF, workbook and JSON into a folder, each appearing whole or not at all.

    Raises OSError when the folder cannot be written, LogoError for a logo that is no picture.
    """
    from reports.json_report import write_json
    from reports.pdf import write_pdf
    from reports.workbook import write_workbook

    folder.mkdir(parents=True, exist_ok=True)
    files = Delivery(folder / "inspection.pdf", folder / "findings.xlsx", folder / "inspection.json")
    write_json(inspection, files.json)
    write_workbook(inspection, files.workbook)
    write_pdf(inspection, files.pdf)
    return files

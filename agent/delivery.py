"""The documents of an inspection."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from checks.inspection import Inspection
from collector.errors import XunjianError
from collector.inventory import Site


class OutputError(XunjianError):
    """The folder for the documents cannot be written."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the documents of one inspection are."""

    pdf: Path
    workbook: Path
    json: Path


def check_deliverable(site: Site, folder: Path | None) -> None:
    """Find out before a device is asked what would keep the documents from being written.

    Raises OutputError for the folder, LogoError for the site's logo. None: the run's own folder.
    """
    from reports.sections.cover import logo

    if site.logo:
        logo(site.logo)
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(f"the documents cannot be written: {error}") from error


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

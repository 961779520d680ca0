from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from reports.pdf import write_pdf
from tests.reports import sample


@pytest.fixture(scope="session")
def pdf_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The PDF of a sample inspection by its name, written once."""
    folder = tmp_path_factory.mktemp("pdf")

    @cache
    def write(name: str) -> Path:
        path: Path = folder / f"{name}.pdf"
        write_pdf(getattr(sample, name)(), path)
        return path

    return write

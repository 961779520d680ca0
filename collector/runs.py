"""The runs that lie in a data folder."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from collector.errors import RunFolderError
from collector.run_folder import RunFolder, file_name

_NAME = re.compile(r"(?P<planned>\d{8}T\d{6}Z)-(?P<site>.+)-[0-9a-f]{4}")
"""What runs are called (`new_run_id`); one with another name is opened to see."""
CONDEMNED = ".purging"
"""Ends the name of a run's folder whose deletion has begun."""


def open_run(name: str, data: Path) -> RunFolder:
    """Open a run by its id or its folder; raises RunFolderError when there is none."""
    return RunFolder.open(Path(name) if Path(name).is_dir() else data / "runs" / name)


def runs_of_site(folder: Path, site: str | None = None) -> Iterator[Path]:
    """Give the folders of runs that can be of a site, or all; the newest first by when they were planned.

    `folder` is that of the runs. It goes by names that we give: whoever opens a run has to look.
    """
    paths = (
        (path for path in folder.iterdir() if not path.name.endswith(CONDEMNED)) if folder.is_dir() else ()
    )
    dated = ((_planned(path), path) for path in paths if _may_be_of(path, site))
    yield from (path for _, path in sorted(dated, reverse=True))


def _may_be_of(path: Path, site: str | None) -> bool:
    told = _NAME.fullmatch(path.name)
    return told is None or site is None or told["site"] == file_name(site)


def _planned(path: Path) -> datetime:
    """When a run was planned; the beginning of time where that cannot be read, which opening it will tell."""
    told = _NAME.fullmatch(path.name)
    if told is not None:
        return datetime.strptime(told["planned"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    try:
        return RunFolder.open(path).plan.created_at
    except RunFolderError:
        return datetime.min.replace(tzinfo=UTC)

"""One piece of unattended work, on disk from its beginning to its end, so that a reboot costs nothing."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from collector.errors import XunjianError
from collector.run_folder import file_name
from reports.output import write_atomically

MOST_ATTEMPTS = 3
"""Times that an interrupted run is taken up again before it is delivered as it is."""


class JobError(XunjianError):
    """A file in the folder of jobs is none."""


class Job(BaseModel):
    """What is owed to one site and is being done."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    site: str
    deliverables: Annotated[tuple[str, ...], Field(min_length=1)]
    made_at: datetime
    run_id: str = ""
    """The run that serves all of it; empty until one is planned."""
    attempts: int = 0
    """How often the run was begun or taken up again."""


class Jobs:
    """The folder `schedule/jobs` of the data folder: one file for each site that is being worked on."""

    def __init__(self, data: Path) -> None:
        self.folder = data / "schedule" / "jobs"

    def open(self) -> list[Job]:
        """What was begun and is not done, the oldest first; raises JobError for a file that is none."""
        # A name that begins with a dot is a draft that a killed process has left.
        found = [self._read(path) for path in sorted(self.folder.glob("[!.]*.json"))]
        return sorted(found, key=lambda job: (job.made_at, job.site))

    def keep(self, job: Job) -> None:
        """Write down how far a job is."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = job.model_dump_json(indent=2)
        write_atomically(self._path(job), lambda draft: draft.write_text(text, "utf-8"))

    def done(self, job: Job) -> None:
        """Strike a job off."""
        self._path(job).unlink(missing_ok=True)

    def _path(self, job: Job) -> Path:
        return self.folder / f"{file_name(job.site)}.json"

    def _read(self, path: Path) -> Job:
        try:
            return Job.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise JobError(f"{path} is no job: {error}; move it away, what is owed is found again") from error

"""A program that collects, to be killed by the tests: COLLECTING FOLDER KNOWN_HOSTS PROCESSES."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from collector.collect import collect
from collector.credentials import Login, Secret
from collector.events import CommandDone, Event
from collector.host_keys import HostKeyRules
from collector.run_folder import RunFolder
from collector.visit import Limits


def now() -> datetime:
    return datetime.now(UTC)


def tell(event: Event) -> None:
    if isinstance(event, CommandDone):
        print(event.command, flush=True)  # noqa: T201


def main() -> None:
    folder, known_hosts, processes = RunFolder.open(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3])
    collect(
        folder.plan,
        folder,
        {"c": Login("inspector", Secret(os.environ["PASSWORD"]))},
        now=now,
        host_keys=HostKeyRules((known_hosts,)),
        limits=Limits(processes=processes),
        on_event=tell,
    )


if __name__ == "__main__":
    main()

"""A program that collects, to be killed by the tests: COLLECTING FOLDER KNOWN_HOSTS."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from collector.collect import collect
from collector.credentials import Login, Secret
from collector.events import CommandDone, Event
from collector.host_keys import HostKeyRules
from collector.run_folder import RunFolder


def tell(event: Event) -> None:
    if isinstance(event, CommandDone):
        print(event.command, flush=True)  # noqa: T201


folder = RunFolder.open(Path(sys.argv[1]))
logins = {"c": Login("inspector", Secret(os.environ["PASSWORD"]))}
rules = HostKeyRules((Path(sys.argv[2]),))
collect(folder.plan, folder, logins, now=lambda: datetime.now(UTC), host_keys=rules, on_event=tell)

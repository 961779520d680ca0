"""Work that goes wrong, done in processes of its own; they find it by its name."""

import os
import re
import signal
import time


def work(job: str) -> str:
    """Do what the job's name says."""
    word, _, argument = job.partition(" ")
    match word:
        case "say":
            return f"{argument} from {os.getpid()}"
        case "busy":
            re.match(r"(a+)+b", "a" * 64)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            time.sleep(float(argument))
    return "done"

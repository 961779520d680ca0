"""How fast `xunjian --help` is, against a bare typer program of as many commands.

Run:  .venv/bin/python benchmarks/startup.py [rounds]
Prints the median of each and the ratio; rounds alternate, so that noise falls on both.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

COMMANDS = ("demo", "scan", "report", "commands", "simulate", "inventory", "checks")

BARE = """
import typer
app = typer.Typer(help="A bare program.", no_args_is_help=True)
{commands}
app()
"""

COMMAND = """
@app.command()
def {name}(some: str = typer.Option("x", "--some", help="An option."), other: int = 0) -> None:
    "One line of help."
"""


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    xunjian = [str(Path(sys.executable).with_name("xunjian")), "--help"]
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE.format(commands="".join(COMMAND.format(name=name) for name in COMMANDS)))
        program = [sys.executable, str(bare), "--help"]
        # The first round warms caches.
        times = [(seconds(program), seconds(xunjian)) for _ in range(rounds + 1)][1:]
    base, ours = (median(column) for column in zip(*times, strict=True))
    ratio = median(mine / theirs for theirs, mine in times)
    said = f"bare typer {base * 1000:.0f} ms, xunjian {ours * 1000:.0f} ms, ratio {ratio:.2f}"
    print(f"rounds {rounds}: {said}")


if __name__ == "__main__":
    main()

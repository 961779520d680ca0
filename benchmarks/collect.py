"""What collecting costs: ours beside netmiko, nornir with nornir_netmiko, scrapli and bare asyncssh.

Run:  .venv/bin/python benchmarks/collect.py [--rounds 3] [--devices 100] [--workers 20] [--processes 1]
          [--clients a,b]

Simulated switches (25 commands each, 77 kB, 30 ms to think) run in a process of their own on addresses of
127.40.0.0/16, every client in a fresh process, one after the other in every round. Processor time is that of
the client alone. nornir and scrapli come with `pip install 'xunjian[bench]'`; a client that is not installed
is left out. asyncssh, tuned to the cheapest algorithms, is the floor. Ratios are taken within each round.
After ours the devices' records are looked through: anything beyond the allow-list ends all with an error.
Ours alone checks host keys and writes every output to a run folder; that lies in memory where the system has
/dev/shm, since what a new file costs on a disk depends on what was deleted there just before.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
NEEDS = {
    "ours": "collector",
    "netmiko": "netmiko",
    "nornir": "nornir_netmiko",
    "scrapli": "scrapli",
    "asyncssh": "asyncssh",
}
BASES = ("asyncssh", "ours")
LIMIT_S = 900
MOST_DEVICES = 1000
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), *sys.path[1:]])}
Result = dict[str, float]


class Switches:
    """The devices, in their process."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def beyond_allowed(self) -> list[str]:
        """What they were sent beyond their allow-list since this was asked last."""
        if self._process.stdin is None or self._process.stdout is None:
            raise TypeError("the process has no pipes")
        self._process.stdin.write(b"beyond\n")
        self._process.stdin.flush()
        said: list[str] = json.loads(self._process.stdout.readline())
        return said


@contextmanager
def switches(folder: Path, count: int) -> Iterator[Switches]:
    """Run the devices; they end with us, since their standard input does."""
    program = [sys.executable, str(HERE / "collect_switches.py"), str(folder), str(count)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT) as process:
        if process.stdout is None or process.stdin is None or process.stdout.readline() != b"ready\n":
            raise SystemExit("the switches did not start")
        yield Switches(process)
        process.stdin.close()


def run(client: str, folder: Path, *numbers: int) -> Result:
    what = [client, str(folder), *map(str, numbers)]
    program = [sys.executable, str(HERE / "collect_clients.py"), *what]
    try:
        done = subprocess.run(
            program,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            timeout=LIMIT_S,
            check=True,
            start_new_session=True,
        )
    finally:
        shutil.rmtree(folder / "data", ignore_errors=True)
    result: Result = json.loads(done.stdout)
    return result


def one_round(clients: list[str], there: Switches, folder: Path, *numbers: int) -> dict[str, Result]:
    """Run every client once; ends the program when ours sent what is not on the allow-list."""
    results = {}
    for name in clients:
        results[name] = run(name, folder, *numbers)
        if (beyond := there.beyond_allowed()) and name == "ours":
            raise SystemExit(f"ours sent what is not on the allow-list: {beyond[:5]}")
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--devices", type=int, default=100, help=f"at most {MOST_DEVICES}")
    parser.add_argument("--workers", type=int, default=20, help="devices at the same time")
    parser.add_argument("--processes", type=int, default=1, help="of ours")
    parser.add_argument("--clients", default=",".join(NEEDS))
    asked = parser.parse_args()
    count = min(asked.devices, MOST_DEVICES)
    clients = [name for name in asked.clients.split(",") if find_spec(NEEDS[name])]
    rounds: list[dict[str, Result]] = []
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder, switches(Path(folder), count) as there:
        for number in range(asked.rounds):
            order = clients[number % len(clients) :] + clients[: number % len(clients)]
            rounds.append(one_round(order, there, Path(folder), count, asked.workers, asked.processes))
            said = {"round": number + 1, "load": os.getloadavg()[0], **rounds[-1]}
            print(json.dumps(said), file=sys.stderr)
    print(f"{count} devices, {asked.workers} at a time, {asked.processes} processes, {asked.rounds} rounds\n")
    ratios = [f"x {base}" for base in BASES]
    print(f"| {' | '.join(['client', 'CPU ms/device', *ratios, 'wall s', *ratios, 'peak MB', 'wrong'])} |")
    print(f"|{'---|' * (2 * len(BASES) + 5)}")
    for name in clients:
        cells = [name, *cost(rounds, name, "cpu_ms", ".1f"), *cost(rounds, name, "wall_s", ".2f")]
        cells.append(format(max(each[name]["peak_mb"] for each in rounds), ".0f"))
        cells.append(format(sum(each[name]["wrong"] for each in rounds), ".0f"))
        print(f"| {' | '.join(cells)} |")


def cost(rounds: list[dict[str, Result]], name: str, what: str, form: str) -> Iterator[str]:
    """The median over the rounds, and its ratio to each base within them."""
    yield format(median(each[name][what] for each in rounds), form)
    for base in BASES:
        ratios = [each[name][what] / each[base][what] for each in rounds if base in each]
        yield f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})" if ratios else ""


if __name__ == "__main__":
    main()

"""How fast outputs are read: `ntc_templates.parse.parse_output`, cached `textfsm` and ours, side by side.

Run:  .venv/bin/python benchmarks/parse.py [rounds]

All three read the same texts by the same templates, one reader after the other in every round; that
all give the same rows is checked first. What ours remembers of lines is forgotten before each round, in which
every output comes once.
`XUNJIAN_CORPUS` names a folder of real outputs (CONTRIBUTING.md); without it only the fixtures are read.
"""

import gc
import io
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

import ntc_templates
import textfsm
from ntc_templates.parse import ParsingException, parse_output

from collector.platform import platforms
from parsers.sample import LAYOUT
from parsers.template import compiled, parse, template_path
from parsers.text import clean

FIXTURES = Path("tests/parsers/fixtures")
NTC = Path(ntc_templates.__file__).parent / "templates"
NTC_NAMES = {"h3c_comware": "hp_comware", "huawei_vrp": "huawei_vrp", "cisco_nxos": "cisco_nxos"}
Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Job:
    """One output with its template, and where `parse_output` finds the same."""

    template: str
    text: str
    index: str
    platform: str
    command: str


@cache
def machine(template: str) -> textfsm.TextFSM:
    return textfsm.TextFSM(io.StringIO(Path(template).read_text("utf-8")))


def by_parse_output(job: Job) -> Rows:
    rows: Rows = parse_output(job.platform, job.command, job.text, template_dir=job.index)
    return rows


def by_cached_textfsm(job: Job) -> Rows:
    fsm = machine(job.template)
    fsm.Reset()
    rows: Rows = fsm.ParseTextToDicts(job.text)
    return rows


def by_ours(job: Job) -> Rows:
    parsed = parse(job.template, job.text.splitlines(), command=job.command, capture="")
    return [row.values for row in parsed.rows]


READERS: dict[str, Callable[[Job], Rows]] = {
    "parse_output": by_parse_output,
    "textfsm, cached": by_cached_textfsm,
    "ours": by_ours,
}


def agree(job: Job) -> bool:
    """All read it to the end and give the same rows; `parse_output` gives names in lower case."""
    index = (Path(job.index) / "index").read_text("utf-8")
    if re.search(rf":{Path(job.template).name}|{Path(job.template).name}:", index):
        return False  # parse_output joins what several templates make of it
    try:
        found = [reader(job) for reader in READERS.values()]
    except (ParsingException, textfsm.TextFSMError):
        return False  # a line that the template does not know: outside this comparison
    lower = [[{name.lower(): value for name, value in row.items()} for row in rows] for rows in found]
    if lower[0] != lower[1] or lower[1] != lower[2]:
        raise SystemExit(f"different rows: {job.template} {job.text[:60]!r}")
    return True


def seconds(reader: Callable[[Job], Rows], jobs: list[Job]) -> float:
    for template in {job.template for job in jobs}:
        for state in compiled(template).machine.states.values():
            state.memory.clear()
    gc.collect()  # nobody pays for what another one left
    begun = time.process_time()
    for job in jobs:
        reader(job)
    return time.process_time() - begun


def compare(title: str, jobs: list[Job], rounds: int) -> None:
    """Print the medians over the rounds of each reader's total time, and of the ratios within rounds."""
    jobs = [job for job in jobs if agree(job)]
    gc.freeze()
    totals = [[seconds(reader, jobs) for reader in READERS.values()] for _ in range(rounds)]
    theirs, cached, ours = (median(column) for column in zip(*totals, strict=True))
    against_theirs = median(total[0] / total[2] for total in totals)
    against_cached = median(total[1] / total[2] for total in totals)
    size = sum(len(job.text) for job in jobs) / 1e6
    print(
        f"| {title} | {len(jobs)} | {size:.2f} | {theirs * 1e3:.0f} | {cached * 1e3:.0f} | {ours * 1e3:.0f} "
        f"| {against_theirs:.1f} | {against_cached:.1f} |",
        flush=True,
    )


def index_of_ours(folder: Path) -> None:
    """Lay our templates out as `parse_output` wants them."""
    rows = ["Template, Hostname, Platform, Command", ""]
    for platform in platforms().values():
        for command in platform.commands():
            path = template_path(platform, command)
            if path is not None and Path(path).parent.name in platforms():
                name = f"{platform.id}_{command.replace(' ', '_')}.textfsm"
                (folder / name).write_text(Path(path).read_text("utf-8"), "utf-8")
                rows.append(f"{name}, .*, {platform.id}, {command}$")
    (folder / "index").write_text("\n".join(rows) + "\n")


def jobs_of_ours(folder: Path, index: Path) -> Iterator[Job]:
    """Every output of a folder that one of our templates reads."""
    for family in sorted(path for path in folder.iterdir() if path.is_dir()):
        for platform_id in LAYOUT.get(family.name, (family.name,)):
            platform = platforms().get(platform_id)
            if platform is None:
                continue
            for command in platform.commands():
                template = index / f"{platform_id}_{command.replace(' ', '_')}.textfsm"
                snake = command.replace(" ", "_").replace("-", "_")
                for path in sorted((family / snake).glob("*.txt")) if template.exists() else ():
                    text = "\n".join(clean(path.read_bytes(), command, platform.prompt))
                    yield Job(str(template), text, str(index), platform_id, command)


def jobs_of_ntc(folder: Path) -> Iterator[Job]:
    """Every output of a folder that a template of ntc-templates reads."""
    names = {path.stem.replace("-", "_"): path for path in NTC.glob("*.textfsm")}
    for family, platform in NTC_NAMES.items():
        for path in sorted((folder / family).glob("*/*.txt")):
            template = names.get(f"{platform}_{path.parent.name}")
            if template is not None:
                command = template.stem.removeprefix(f"{platform}_").replace("_", " ")
                with suppress(UnicodeDecodeError):
                    yield Job(str(template), path.read_text("utf-8"), str(NTC), platform, command)


def repeated(text: str, size: int) -> str:
    """The same text over and over, with other numbers each time, up to some number of characters."""
    chance = random.Random(1)

    def other(number: re.Match[str]) -> str:
        return str(chance.randrange(10 ** len(number[0]))).zfill(len(number[0]))

    texts: list[str] = []
    while sum(map(len, texts)) < size:
        texts.append(re.sub(r"\d{3,}", other, text))
    return "\n".join(texts)


def mac_table(count: int) -> Job:
    chance = random.Random(2)
    lines = ["MAC ADDR         VLAN ID  STATE           PORT INDEX               AGING TIME(s)"]
    for _ in range(count):
        mac = "-".join(f"{chance.randrange(65536):04x}" for _ in range(3))
        port = f"GigabitEthernet1/0/{chance.randrange(1, 49)}"
        lines.append(f"{mac}   {chance.randrange(1, 4095):<4}     Learned         {port:<24} AGING")
    template = str(NTC / "hp_comware_display_mac-address.textfsm")
    return Job(template, "\n".join(lines), str(NTC), "hp_comware", "display mac-address")


def log_of(text: str, size: int) -> str:
    """A log of so many characters; its head comes only once."""
    lines = text.splitlines()
    first = next(at for at, line in enumerate(lines) if re.match(r"%|\w{3} +\d+ \d{4} ", line))
    return "\n".join([*lines[:first], repeated("\n".join(lines[first:]), size)])


def longest(jobs: list[Job], platform: str, command: str) -> Job:
    return max((j for j in jobs if (j.platform, j.command) == (platform, command)), key=lambda j: len(j.text))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    corpus = os.environ.get("XUNJIAN_CORPUS")
    print(f"rounds {rounds}; processor times in ms, medians; ratios are medians of the rounds' ratios\n")
    print("| outputs | n | MB | parse_output | textfsm, cached | ours | x parse_output | x textfsm |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        index = Path(name)
        index_of_ours(index)
        fixtures = list(jobs_of_ours(FIXTURES, index))
        compare("our templates, fixtures", fixtures, rounds)
        if corpus is not None:
            compare("our templates, real outputs", list(jobs_of_ours(Path(corpus), index)), rounds)
            compare("ntc-templates, real outputs", list(jobs_of_ntc(Path(corpus))), rounds)
        few = min(rounds, 5)
        for platform, command in (
            ("h3c_comware7", "display interface"),
            ("huawei_vrp5", "display interface"),
            ("huawei_vrp8", "display interface"),
            ("inspur_inos_cn", "show interface"),
        ):
            job = longest(fixtures, platform, command)
            compare(f"2 MB {command} ({platform})", [replace(job, text=repeated(job.text, 2_000_000))], few)
        compare("20,000 rows of display mac-address", [mac_table(20_000)], few)
        for platform in ("h3c_comware7", "huawei_vrp5", "huawei_vrp8"):
            job = longest(fixtures, platform, "display logbuffer")
            compare(
                f"5 MB display logbuffer ({platform})", [replace(job, text=log_of(job.text, 5_000_000))], few
            )


if __name__ == "__main__":
    main()

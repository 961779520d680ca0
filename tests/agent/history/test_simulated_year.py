"""A year of a site of thirty switches: faults by script, and the life of every problem month by month.

The switches are not visited over SSH twelve times: what they answer is put into run folders as collecting
would leave it, and read, judged, remembered and followed from there by the code that every run uses.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.history.recording import memory
from agent.judging import judge_run
from agent.previous import LAST
from agent.rules import load_rules
from checks.lifecycle import Problem, ProblemState
from collector.inventory import Device
from collector.run_record import RunState
from tests.agent.history.conftest import Place
from tests.injected import Outputs, inject, site_of

PLATFORM = "h3c_comware7"
DEVICES, MONTHS = 30, 12
FIRST = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
MONTH = timedelta(days=30)
PARTS = {"f1": "slot 1 Fan 1", "f2": "slot 1 Fan 2", "p1": "slot 1 Power 1", "p2": "slot 1 Power 2"}


@dataclass(frozen=True)
class Fault:
    """One part through the year, and what must be said of it after each month."""

    part: str
    course: str
    """A letter a month: `X` broken, `.` in order, `?` the device refuses the command."""
    truth: str
    """A word a month: `.` nothing so far, N 新增, a number 遗留（第 n 次）, R 复发, S 已解决, A 已接受; `?`:
    nobody could look."""


@dataclass(frozen=True)
class Story:
    """One device through the year."""

    faults: tuple[Fault, ...] = ()
    seen: str = "o" * MONTHS
    """A letter a month: `o` reached, `x` not reached, `n` not in the inventory."""
    names: dict[int, str] = field(default_factory=dict)
    """By month: it is called so from then on."""
    serials: dict[int, str] = field(default_factory=dict)


STORIES: dict[str, Story] = {
    "acc-01": Story((Fault("f1", "X...........", "N S S S S S S S S S S S"),)),
    "acc-02": Story((Fault("f1", "...XXXXXXXXX", ". . . N 2 3 4 5 6 7 8 9"),)),
    "acc-03": Story((Fault("p1", "X.X.X.X.X.X.", "N S R S R S R S R S R S"),)),
    "acc-04": Story((Fault("p1", "XXXX....XXX.", "N 2 3 4 S S S S R 2 3 S"),)),
    "acc-05": Story(
        (
            Fault("f1", "XXXXXX......", "N 2 3 4 5 6 S S S S S S"),
            Fault("f2", "......XXXXXX", ". . . . . . N 2 3 4 5 6"),
            Fault("p2", "..........X.", ". . . . . . . . . . N S"),
        )
    ),
    # Not reached: open, whatever became of it meanwhile.
    "acc-06": Story((Fault("f1", "XX..........", "N 2 2? 2? S S S S S S S S"),), seen="ooxxoooooooo"),
    "acc-07": Story((Fault("f1", "XXXXXXXXXXXX", "N 2 2? 3 3? 4 4? 5 5? 6 6? 7"),), seen="ooxoxoxoxoxo"),
    "acc-08": Story((Fault("p2", "...X........", ". . . N N? N? N? N? N? N? N? N?"),), seen="oooo" + "x" * 8),
    "acc-09": Story((Fault("f1", "X.X.........", "N S S? S? S? S S S S S S S"),), seen="ooxxxooooooo"),
    "acc-10": Story((Fault("f1", "X.XX........", "N S S? R S S S S S S S S"),), seen="ooxooooooooo"),
    # The command is refused: the check cannot look.
    "acc-11": Story((Fault("f1", "XX??X.......", "N 2 2? 2? 3 S S S S S S S"),)),
    "acc-12": Story((Fault("p1", "X?..........", "N N? S S S S S S S S S S"),)),
    # Accepted until the end of May (the sixth inspection is of 4 June).
    "acc-13": Story((Fault("p2", "XXXXXXX.....", "A A A A A 6 7 S S S S S"),)),
    "acc-14": Story((Fault("p2", "XX?X..X.....", "A A A? A S S R S S S S S"),)),
    # Renamed: the problems come along, also where it was not reached under its new name at first.
    "acc-15": Story((Fault("f1", "XXXXXX......", "N 2 3 4 5 6 S S S S S S"),), names={3: "bld-15"}),
    "acc-16": Story(
        (Fault("p1", "XXXXXXXX....", "N 2 2? 2? 3 4 5 6 S S S S"),), seen="ooxxoooooooo", names={2: "bld-16"}
    ),
    "acc-17": Story((Fault("p1", "XXX...XXX...", "N 2 3 S S S R 2 3 S S S"),), names={2: "b-17", 7: "c-17"}),
    # Replaced: its place goes on, what is broken in the new one too.
    "acc-18": Story((Fault("f1", "XXXX........", "N 2 3 4 S S S S S S S S"),), serials={4: "DEMO-NEW-18"}),
    "acc-19": Story((Fault("f1", "XXXXXXXXXXXX", "N 2 3 4 5 6 7 8 9 10 11 12"),), serials={6: "DEMO-NEW-19"}),
    # Taken away for good, and taken away for a while.
    "acc-20": Story((Fault("f1", "XXX.........", "N 2 3 3? 3? 3? 3? 3? 3? 3? 3? 3?"),), seen="ooonnnnnnnnn"),
    "acc-21": Story((Fault("f1", "XXX...X.....", "N 2 3 3? 3? 3? 4 S S S S S"),), seen="ooonnnoooooo"),
    # Came later, and is never in order.
    "acc-22": Story((Fault("p1", "XXXXXXXXXXXX", ". . . . . N 2 3 4 5 6 7"),), seen="nnnnnooooooo"),
}
WAIVERS = "".join(
    f"- {{check: HW-001, device: {name}, owner: o, reason: r, reference: R-1, expires: 2026-05-31}}\n"
    for name in ("acc-13", "acc-14")
)


def story(number: int) -> tuple[str, Story]:
    name = f"acc-{number + 1:02}"
    return name, STORIES.get(name, Story())


def current(since: dict[int, str], month: int, otherwise: str) -> str:
    known = [value for begun, value in sorted(since.items()) if begun <= month]
    return known[-1] if known else otherwise


def outputs(name: str, told: Story, month: int) -> Outputs:
    state = {f.part: f.course[month] for f in told.faults}
    serial = current(told.serials, month, f"DEMO-{name}")

    def word(part: str) -> str:
        return "Fault" if state.get(part) == "X" else "Normal"

    answers = {
        "display version": "H3C Comware Software, Version 7.1.070, Release 6328P03\n"
        "H3C S5130S-28P-EI uptime is 18 weeks, 3 days, 2 hours, 9 minutes\n",
        "display device manuinfo": f"Slot 1 CPU 0:\nDEVICE_NAME          : S5130S-28P-EI\n"
        f"DEVICE_SERIAL_NUMBER : {serial}\nMAC_ADDRESS          : 0000-5e00-53a2\n"
        "MANUFACTURING_DATE   : 2020-11-08\nVENDOR_NAME          : H3C\n",
        "display fan": f"Slot 1:\n Fan 1:\n State    : {word('f1')}\n Fan 2:\n State    : {word('f2')}\n",
        "display power": "Slot 1:\n PowerID State    Mode   Current(A)  Voltage(V)  Power(W)\n"
        f" 1       {word('p1'):8} AC     --          --          --\n"
        f" 2       {word('p2'):8} AC     --          --          --\n",
    }
    refused = {"f": "display fan", "p": "display power"}
    return {
        c: t for c, t in answers.items() if c not in {refused[p[0]] for p, s in state.items() if s == "?"}
    }


def word_of(problem: Problem) -> str:
    letter = {
        ProblemState.NEW: "N",
        ProblemState.RECURRED: "R",
        ProblemState.SOLVED: "S",
        ProblemState.ACCEPTED: "A",
    }
    return letter.get(problem.state, str(problem.times)) + ("" if problem.confirmed else "?")


def truth(month: int) -> dict[tuple[str, str], str]:
    expected = {}
    for number in range(DEVICES):
        first, told = story(number)
        for fault in told.faults:
            said = fault.truth.split()[month]
            if said != ".":
                seen = [m for m in range(month + 1) if told.seen[m] == "o"]
                expected[current(told.names, seen[-1], first), PARTS[fault.part]] = said
    return expected


def test_every_problem_of_a_year_lives_as_the_script_has_it(place: Place, tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text(f"waivers:\n{WAIVERS}", "utf-8")
    rules = load_rules(("HW-001", "HW-003"), None, (), waivers, LAST, place.url)
    for month in range(MONTHS):
        present = {
            current(told.names, month, first): (first, told)
            for first, told in map(story, range(DEVICES))
            if told.seen[month] != "n"
        }
        site = site_of(*(Device(name=name, host="192.0.2.1") for name in present))
        answers: dict[str, Any] = {
            name: (PLATFORM, outputs(first, told, month)) if told.seen[month] == "o" else None
            for name, (first, told) in present.items()
        }
        run = inject(place.data, site, FIRST + month * MONTH, answers)
        said: list[str] = []
        with memory(run, place.url, said.append) as past:
            inspection, damage = judge_run(run, rules, earlier=past.earlier)
            followed = past.remember(inspection).past
        run.advance(RunState.JUDGED)
        assert (damage, said) == ((), [])
        assert followed is not None
        assert followed.inspections == month
        assert {(p.device, p.object): word_of(p) for p in followed.problems} == truth(month)
    assert len(truth(MONTHS - 1)) == sum(len(told.faults) for told in STORIES.values())

"""The labelled table of verdicts: (device, configuration, advisory) to the answer that a person gave.

`exposures/verdicts.tsv` was written by reasoning from the bulletins in `exposures/advisories.yaml`, not by
running the program. Patches: `-` none in force, `?` not known. Configuration: a name, `?` not known.
Verdicts: A affected, M mitigated, U undetermined, X undetermined since nobody listed the version (未覆盖),
N not affected, O another product, F feature off. `human`: what a person would still decide where the program
does not; the rate of these is stated in docs/advisories.md.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

from baselines.advisories.formats.own_yaml import load_advisories
from checks.exposure import Exposure, ExposureState, Safe
from checks.matching import AdvisoryIndex
from checks.target import Configuration, InForce, Missing, Target
from collector.platform import platforms
from parsers.config_tree import build_tree
from parsers.facts import Reason
from parsers.versions import Version, VersionError, find_patch, parse_version

TABLE = Path(__file__).parent / "exposures"
UNKNOWN = "?"
STATES = {
    ExposureState.AFFECTED: "A",
    ExposureState.MITIGATED: "M",
    ExposureState.UNDETERMINED: "U",
    ExposureState.NOT_AFFECTED: "N",
}
SAFE = {Safe.OTHER_PRODUCT: "O", Safe.FEATURE_OFF: "F"}


@dataclass(frozen=True)
class Row:
    advisory: str
    model: str
    version: str
    patches: str
    configuration: str
    verdict: str
    human: str
    why: str

    def __str__(self) -> str:
        return f"{self.advisory} {self.version} {self.why}"


@cache
def rows() -> tuple[Row, ...]:
    with (TABLE / "verdicts.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(Row(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def index() -> AdvisoryIndex:
    return AdvisoryIndex(load_advisories(TABLE / "advisories.yaml").advisories)


@cache
def configurations() -> dict[str, Configuration]:
    data = yaml.safe_load((TABLE / "configurations.yaml").read_text("utf-8"))
    trees = {name: build_tree(lines, command="config", capture="") for name, lines in data.items()}
    return {name: Configuration.of(tree) for name, tree in trees.items()}


def missing(what: str) -> Missing:
    return Missing(Reason.NOT_COLLECTED, f"{what}未知")


def platform_of(row: Row) -> str:
    """The platform that the bulletin names first; of several the one whose versions these are."""
    advisory = next(each for each in index().problems if row.advisory.upper() in each.names).head
    named = advisory.products[0].platforms
    if row.version == UNKNOWN:
        return named[0]
    fitting = []
    for name in named:
        try:
            parse_version(platforms()[name].version_scheme, row.version)
        except VersionError:
            continue
        fitting.append(name)
    return (fitting or named)[0]


def target_of(row: Row) -> Target:
    platform = platforms()[platform_of(row)]
    scheme = platform.version_scheme
    version: Version | Missing = missing("软件版本")
    hot: tuple[InForce, ...] = ()
    if row.version != UNKNOWN:
        try:
            version = parse_version(scheme, row.version)
        except VersionError as error:
            version = Missing(Reason.UNPARSED, str(error))
        else:
            patch = find_patch(scheme, row.version)
            version, hot = version.base, () if patch is None else (InForce(patch.text, patch),)
    names = [] if row.patches in ("-", UNKNOWN) else row.patches.split("+")
    in_force = (*hot, *(InForce(name, find_patch(scheme, name)) for name in names))
    return Target(
        name="sw1",
        platform=platform,
        model=missing("设备型号") if row.model == UNKNOWN else row.model,
        version=version,
        patches=missing("补丁") if row.patches == UNKNOWN else in_force,
        config=missing("配置") if row.configuration == UNKNOWN else configurations()[row.configuration],
    )


def letter(exposure: Exposure) -> str:
    if exposure.safe in SAFE:
        return SAFE[exposure.safe]
    return "X" if exposure.uncovered else STATES[exposure.state]


@pytest.mark.parametrize("row", rows(), ids=str)
def test_verdict(row: Row) -> None:
    found = index().ask(target_of(row), row.advisory)
    assert found is not None
    assert letter(found) == row.verdict, [ground.text for ground in found.because]
    assert found.because
    assert (found.reason is not None) == (found.state is ExposureState.UNDETERMINED)
    exact = [ground.exact for ground in found.because]
    assert exact == sorted(exact, reverse=True), "exact grounds come before inferred ones"


def test_the_table_is_large_and_covers_every_answer_of_every_vendor() -> None:
    assert len(rows()) >= 300
    for vendor in ("HW", "H3", "IN"):
        counts = Counter(row.verdict for row in rows() if row.advisory.startswith(vendor))
        assert {"A", "M", "U", "X", "N", "O", "F"} <= set(counts), (vendor, counts)
    named = {row.configuration for row in rows()} - {UNKNOWN}
    assert named == set(configurations())
    assert {row.advisory for row in rows()} == {each.head.id for each in index().problems}


def test_no_case_stands_twice() -> None:
    keys = Counter((r.advisory, r.model, r.version, r.patches, r.configuration) for r in rows())
    assert [key for key, number in keys.items() if number > 1] == []


def undecided() -> tuple[int, int]:
    """How many cases a person could decide, and how many of these the program leaves open."""
    decidable = [row for row in rows() if row.human or row.verdict not in ("U", "X")]
    return len(decidable), sum(bool(row.human) for row in decidable)


def test_a_person_decides_nothing_the_other_way() -> None:
    assert {row.verdict for row in rows() if row.human} <= {"U", "X"}


def test_the_rate_of_undetermined_is_as_documented() -> None:
    decidable, open_ = undecided()
    said = f"{open_} of {decidable} ({100 * open_ / decidable:.1f} %)"
    text = (Path(__file__).parents[2] / "docs" / "advisories.md").read_text("utf-8")
    assert said in text, f"docs/advisories.md must say: {said} of {len(rows())} cases"

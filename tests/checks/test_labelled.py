"""Real outputs, where `XUNJIAN_CORPUS` names a folder of them: each gives exactly what its label says.

`labelled/<platform>.yaml` holds the labels: what real outputs must give, read out of them; false alarms and
misses alike fail. Each of the samples is one output of one command, judged alone: by platform, path below
the folder of samples, and SHA-256, so that another text under the same name is told. The groups are several
outputs of one device, read together: checks that compare outputs say nothing of one alone. Findings are
`check severity object`; an empty list says that nothing is wrong with what the output shows. Clocks are
judged as if read on 2026-11-20, 00:00 UTC. `command` is named where the folder does not tell it.

Each sample was read by a person with docs/checks.md in hand, and what it must give was written down before
anything was compared with what the checks say. What stayed a limit of ours, not of the sample: the box of a
router is not told from a board (A-MSR 900, hence its HW-013); `(...)` in a configuration means that its
author left lines out. What the demo's devices must give stands in `collector/simulator/demo/site.yaml`
(`faults`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselines.baseline import load_baseline
from checks.check import Context, run
from checks.registry import CHECKS, by_id
from checks.verdict import Outcome, Severity
from collector.capture import Capture, CaptureStatus
from collector.inventory import Device
from collector.platform import Platform, platforms
from parsers.reader import read_facts
from tests.corpus import CORPUS, command_of

TABLES: dict[str, dict[str, list[dict[str, Any]]]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8"))
    for path in sorted((Path(__file__).parent / "labelled").glob("*.yaml"))
}
LABELS = [label for table in TABLES.values() for label in table["samples"]]
GROUPS = [group for table in TABLES.values() for group in table["groups"]]
READ = datetime(2026, 11, 20, tzinfo=UTC)


def test_the_table_is_wide_and_names_what_exists() -> None:
    assert len({(label["platform"], label["sample"]) for label in LABELS}) == len(LABELS) >= 60
    # Of the one left out no output of a real switch is public.
    assert {label["platform"] for label in LABELS} == set(platforms()) - {"inspur_inos6"}
    for platform, table in TABLES.items():
        assert {label["platform"] for label in (*table["samples"], *table["groups"])} == {platform}
    for label in (*LABELS, *GROUPS):
        for finding in label["findings"]:
            check, severity, *_ = finding.split(" ")
            assert by_id(check)
            assert severity in set(Severity)


def capture(platform: Platform, output: dict[str, Any]) -> Capture:
    raw = (Path(str(CORPUS)) / output["sample"]).read_bytes()
    assert sha256(raw).hexdigest() == output["sha256"], "another text than the one that was labelled"
    return Capture(
        device="sw1",
        command=output.get("command") or command_of(platform, output["sample"].split("/")[1]),
        status=CaptureStatus.OK,
        raw=raw,
        started_at=READ,
        elapsed_s=0.1,
    )


def findings(name: str, outputs: Sequence[dict[str, Any]]) -> list[str]:
    platform = platforms()[name]
    facts = read_facts(platform, [capture(platform, output) for output in outputs])
    baseline = load_baseline()
    found = []
    for check in CHECKS:
        context = Context(
            device=Device(name="sw1", host="192.0.2.1"),
            facts=facts,
            params=baseline.params(check.id),
            collected_at=READ,
        )
        found += [
            f"{check.id} {result.severity} {result.object}".strip()
            for result in run(check, context).results
            if result.outcome is Outcome.FAIL
        ]
    return sorted(found)


NO_CORPUS = pytest.mark.skipif(CORPUS is None, reason="XUNJIAN_CORPUS names no folder of real outputs")


@NO_CORPUS
@pytest.mark.parametrize("label", LABELS, ids=lambda label: f"{label['platform']}-{label['sample']}")
def test_a_real_output_gives_what_its_label_says(label: dict[str, Any]) -> None:
    assert findings(label["platform"], [label]) == sorted(label["findings"])


@NO_CORPUS
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group['platform']}-{group['name']}")
def test_outputs_of_one_device_give_what_their_label_says(group: dict[str, Any]) -> None:
    assert findings(group["platform"], group["outputs"]) == sorted(group["findings"])

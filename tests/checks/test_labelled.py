"""Real outputs, where `XUNJIAN_CORPUS` names a folder of them: each gives exactly what its label says."""

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
from collector.platform import platforms
from parsers.reader import read_facts
from tests.corpus import CORPUS, command_of

LABELS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "labelled.yaml").read_text("utf-8"))[
    "samples"
]
READ = datetime(2026, 11, 20, tzinfo=UTC)


def test_the_table_is_wide_and_names_what_exists() -> None:
    assert len({(label["platform"], label["sample"]) for label in LABELS}) == len(LABELS) >= 60
    # Of the one left out no output of a real switch is public.
    assert {label["platform"] for label in LABELS} == set(platforms()) - {"inspur_inos6"}
    for label in LABELS:
        for finding in label["findings"]:
            check, severity, *_ = finding.split(" ")
            assert by_id(check)
            assert severity in set(Severity)


@pytest.mark.skipif(CORPUS is None, reason="XUNJIAN_CORPUS names no folder of real outputs")
@pytest.mark.parametrize("label", LABELS, ids=lambda label: f"{label['platform']}-{label['sample']}")
def test_a_real_output_gives_what_its_label_says(label: dict[str, Any]) -> None:
    raw = (Path(str(CORPUS)) / label["sample"]).read_bytes()
    assert sha256(raw).hexdigest() == label["sha256"], "another text than the one that was labelled"
    platform = platforms()[label["platform"]]
    capture = Capture(
        device="sw1",
        command=label.get("command") or command_of(platform, label["sample"].split("/")[1]),
        status=CaptureStatus.OK,
        raw=raw,
        started_at=READ,
        elapsed_s=0.1,
    )
    facts = read_facts(platform, [capture])
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
    assert sorted(found) == sorted(label["findings"])

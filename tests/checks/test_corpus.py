"""Real outputs, where `XUNJIAN_CORPUS` names a folder of them: every check judges what is read of them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from baselines.baseline import load_baseline
from checks.check import Context, run
from checks.registry import CHECKS
from checks.verdict import Outcome
from collector.capture import Capture, CaptureStatus
from collector.inventory import Device
from collector.platform import platforms
from parsers.reader import read_facts
from tests.corpus import CORPUS, samples

# Words of boards that are just starting: neither good nor bad, so they stay not assessed.
PASSING = {"powered-up", "initializing", "testing", "present"}

if CORPUS is None:
    pytest.skip("XUNJIAN_CORPUS names no folder of real outputs", allow_module_level=True)


def captures(platform_id: str) -> Iterator[Capture]:
    for command, path in samples(platform_id):
        yield Capture(
            device=path.name,
            command=command,
            status=CaptureStatus.OK,
            raw=path.read_bytes(),
            started_at=datetime(2026, 11, 20, tzinfo=UTC),
            elapsed_s=0.1,
        )


@pytest.mark.parametrize("platform_id", sorted(platforms()))
def test_real_outputs_are_judged_and_their_states_known(platform_id: str) -> None:
    baseline = load_baseline()
    unlisted: set[str] = set()
    for capture in captures(platform_id):
        facts = read_facts(platforms()[platform_id], [capture])
        for check in CHECKS:
            context = Context(
                device=Device(name="sw1", host="192.0.2.1"),
                facts=facts,
                params=baseline.params(check.id),
                collected_at=capture.started_at,
            )
            for result in run(check, context).results:
                assert result.message
                assert result.outcome is not Outcome.FAIL or result.seen
                if "不在已知状态词中" in result.message:
                    unlisted.add(result.message.split("“")[1].split("”")[0])
    assert unlisted <= PASSING

import signal
from collections.abc import Iterator
from typing import Any

import pytest

from collector.simulator.device import SimulatedDevice
from collector.simulator.jump import SimulatedJumpHost
from tests.sent import violations, watch, watched

# A shell starts what it puts in the background with SIGINT ignored, and every child inherits that; the
# tests that send it want what a person at a terminal gets.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that share a costly fixture in one process, where several run (`--dist loadgroup`)."""
    for item in items:
        shared = next(_shared_by(item), None)
        if shared:
            item.add_marker(pytest.mark.xdist_group(shared))


def _shared_by(item: pytest.Item) -> Iterator[str]:
    known = getattr(item, "_fixtureinfo", None)
    for name, definitions in known.name2fixturedefs.items() if known else ():
        for definition in definitions:
            if definition.scope in ("module", "session") and "/" in definition.baseid:
                yield f"{definition.baseid}::{name}"


@pytest.fixture(scope="session", autouse=True)
def _nothing_but_the_allowed_was_sent() -> Iterator[None]:
    """At the end of the suite, ask every simulated device what it was sent."""
    made, hop_made = SimulatedDevice.__post_init__, SimulatedJumpHost.__init__

    def make(device: SimulatedDevice) -> None:
        made(device)
        watch(device)

    def make_hop(hop: SimulatedJumpHost, **what: Any) -> None:
        hop_made(hop, **what)
        watch(hop)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimulatedDevice, "__post_init__", make)
        patch.setattr(SimulatedJumpHost, "__init__", make_hop)
        yield
    assert violations(watched) == []

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from collector.simulator.device import SimulatedDevice
from collector.simulator.jump import SimulatedJumpHost
from tests.sent import violations, watch, watched

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # How long something takes is for benchmarks: a busy machine is no failure.

# A shell starts what it puts in the background with SIGINT ignored, and every child inherits that; the
# tests that send it want what a person at a terminal gets.
signal.signal(signal.SIGINT, signal.default_int_handler)


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

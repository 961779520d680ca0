"""The demo site inspected once, and what came of it, for all tests that look at the result."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.delivery import deliver
from agent.demo import demo_rules
from agent.judging import judge_run
from agent.run import Options, make_plan, now
from checks.inspection import Inspection
from collector.collect import collect
from collector.credentials import resolve
from collector.host_keys import HostKeyRules
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.simulator.server import Simulator
from collector.simulator.site import PASSWORD_ENV, demo_devices, demo_inventory, new_password
from collector.visit import Limits


@dataclass(frozen=True)
class DemoRun:
    """One inspection of the demo site."""

    inspection: Inspection
    folder: Path
    output: Path
    password: str


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    folder = tmp_path_factory.mktemp("demo")
    password = new_password()
    rules = demo_rules()
    with Simulator(demo_devices(password, realism=True)) as simulator:
        known_hosts = folder / "known_hosts"
        known_hosts.write_text(simulator.known_hosts(), "utf-8")
        inventory = demo_inventory(simulator)
        (site,) = inventory.sites
        options = Options(
            rules=rules,
            data=folder / "data",
            host_keys=HostKeyRules((known_hosts,)),
            limits=Limits(connect_s=5, sample_gap_s=1),
            profile=ProfileName.FULL,
        )
        plan = make_plan(site, tuple(device.name for device in site.devices), options, now())
        run = RunFolder.create(options.data, plan)
        logins = resolve(inventory.credentials, inventory.credentials, {PASSWORD_ENV: password}, None)
        collect(plan, run, logins, now=now, host_keys=options.host_keys, limits=options.limits)
        sent = {name: device.beyond_allowed() for name, device in simulator.devices.items()}
    assert not any(sent.values()), sent
    inspection, damage = judge_run(run, rules)
    assert damage == ()
    deliver(inspection, run.path / "output")
    return DemoRun(inspection, run.path, run.path / "output", password)

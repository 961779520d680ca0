"""The demo site as a plan and as running devices."""

import re
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest
import yaml
from pydantic import ValidationError

from collector.platform import Platform, platforms
from collector.simulator.device import SimulatedDevice
from collector.simulator.server import Simulator
from collector.simulator.site import (
    DEMO,
    PASSWORD_ENV,
    USERNAME,
    SitePlan,
    demo_devices,
    demo_inventory,
    load_plan,
    new_password,
)
from tests.collector.simulator.terminal import Terminal, connect

PLAN = load_plan()
TEXT = (DEMO / "site.yaml").read_text("utf-8")


def test_the_plan_is_a_site_worth_showing() -> None:
    assert len(PLAN.devices) >= 8
    # Comware 5 is on its way out, INOS 6 is rare: each is tested by a switch of its own, not shown.
    assert {device.platform for device in PLAN.devices} == set(platforms()) - {"h3c_comware5", "inspur_inos6"}
    assert PLAN.unreachable == {"demo-acc-h2"}
    assert {device.name for device in PLAN.devices if PLAN.denied(device.name)} == {"demo-acc-w2"}
    assert all("演示" in word for word in (PLAN.customer,))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("device: demo-core,", "device: demo-cor,", "not among the devices: demo-cor"),
        ("mgmt: 192.0.2.2}", "mgmt: 192.0.2.1}", "same mgmt: 192.0.2.1"),
        ("listen: 127.20.0.2,", "listen: 127.20.0.1,", "same listen: 127.20.0.1"),
        ("severity: critical", "severity: terrible", "severity"),
        ("customer:", "client:", "customer"),
    ],
)
def test_a_wrong_plan_is_refused(old: str, new: str, complaint: str) -> None:
    assert old in TEXT
    with pytest.raises(ValidationError, match=complaint):
        SitePlan.model_validate(yaml.safe_load(TEXT.replace(old, new, 1)))


def test_the_inventory_gives_real_addresses_and_no_secret() -> None:
    password = new_password()
    with Simulator(demo_devices(password)) as simulator:
        inventory = demo_inventory(simulator)
        addresses = {name: simulator.address(name) for name in simulator.devices}
    (site,) = inventory.sites
    assert {device.name: (device.host, device.port) for device in site.devices} == addresses
    assert {device.name: device.expect for device in site.devices} == PLAN.expect
    assert inventory.credentials["demo"].password_env == PASSWORD_ENV
    assert password not in inventory.model_dump_json()
    assert site.authorization is not None
    assert site.authorization.valid_until is None
    assert site.authorization.open_at(datetime.now(UTC))
    assert all(site.authorization.covers(device.name) for device in site.devices)
    assert all("演示" in word for word in (site.customer, site.provider, site.engineer, site.reviewer))


def test_passwords_differ_from_run_to_run() -> None:
    assert len({new_password() for _ in range(20)}) == 20


def refuses(platform: Platform, answer: bytes) -> bool:
    text = answer.decode().replace("\r\n", "\n")
    return any(form.search(text) for form in (*platform.refused, *platform.no_privilege))


def unanswered(switch: SimulatedDevice, terminal: Terminal) -> set[tuple[str, ...]]:
    """The steps of the platform of which the device refuses every command, though one is needed."""
    prompt = switch.dialect.prompt.format(name=switch.name).encode()
    terminal.until(prompt)
    platform = switch.platform
    asked = (*platform.no_paging, *platform.commands())
    refused = {command for command in asked if refuses(platform, terminal.ask(command, prompt))}
    steps = {step for steps in platform.facts.values() for step in steps if not step.optional}
    return {step.any_of for step in steps if refused.issuperset(step.any_of)}


def test_the_demo_devices_answer_all_that_their_platform_asks() -> None:
    password = new_password()
    missing: dict[str, set[tuple[str, ...]]] = {}
    with Simulator(demo_devices(password)) as simulator:
        for name, switch in simulator.devices.items():
            if name not in PLAN.unreachable:
                with closing(connect(simulator, name, USERNAME, password)) as client:
                    missing[name] = unanswered(switch, Terminal(client.invoke_shell()))
        assert [what for switch in simulator.devices.values() for what in switch.beyond_allowed()] == []
    assert {name: steps for name, steps in missing.items() if steps} == {
        "demo-acc-w2": {(command,) for command in PLAN.denied("demo-acc-w2")}
    }


def test_nothing_listens_at_an_unreachable_device() -> None:
    with Simulator(demo_devices("x")) as simulator:
        for name in PLAN.unreachable:
            with pytest.raises(OSError, match="Unable to connect"):
                connect(simulator, name, USERNAME, "x")


def test_the_nuisances_of_real_devices_are_off_until_asked_for() -> None:
    plain = {d.name: d.faults.commands for d in demo_devices("x")}
    real = {d.name: d.faults.commands for d in demo_devices("x", realism=True)}
    assert not any(plain.values())
    assert {name for name, commands in real.items() if commands} == {entry.device for entry in PLAN.realism}
    kinds = [faults for commands in real.values() for faults in commands.values()]
    assert any(faults.gbk for faults in kinds)
    assert any(faults.syslog_every for faults in kinds)


def test_running_by_hand_ends_with_ctrl_c() -> None:
    code = (
        "from collector.simulator.site import demo_devices, run_forever\n"
        "run_forever(demo_devices('x'), lambda sim: print(*sim.address('demo-core'), flush=True))\n"
        "print('ended')\n"
    )
    python = [sys.executable, "-c", code]
    with subprocess.Popen(python, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert re.fullmatch(r"127\.20\.0\.1 \d+\n", process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=20)[0] == "ended\n"
    assert process.returncode == 0

"""A few simulated switches, an authorised plan over them, and a run folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector.collect import Collection, collect, facts_needed
from collector.credentials import Login, Secret
from collector.events import Event
from collector.host_keys import HostKeyRules
from collector.inventory import Authorization, Device, JumpHost, Site
from collector.platform import platforms
from collector.run_folder import RunFolder, new_run_id
from collector.run_record import DeviceOutcome, Plan
from collector.simulator.device import Account, SimulatedDevice
from collector.simulator.faults import Faults
from collector.simulator.jump import SimulatedJumpHost
from collector.simulator.server import Simulator
from collector.visit import Limits

USER = "inspector"
PASSWORD = "XJCANARY-LOGIN-open-sesame"
LIMITS = Limits(connect_s=3, device_s=20, run_s=60)

VERSIONS = {
    "h3c_comware5": "H3C Comware Platform Software\nComware Software, Version 5.20, Release 2208P01\n"
    "H3C S5500-28C-EI uptime is 1 week\n",
    "h3c_comware7": "H3C Comware Software, Version 7.1.070, Release 6616P05\n"
    "H3C S6520X-54QC-EI uptime is 1 week\n",
    "huawei_vrp5": "Huawei Versatile Routing Platform Software\n"
    "VRP (R) software, Version 5.170 (S5735 V200R021C00SPC100)\n",
    "huawei_vrp8": "Huawei Versatile Routing Platform Software\n"
    "VRP (R) software, Version 8.191 (CE6857EI V200R019C10SPC800)\n"
    "HUAWEI CE6857-48S6CQ-EI uptime is 9 days, 1 hour, 2 minutes\n",
    "inspur_inos6": "INOS Software, CN61108PC-V-H, Version 6.6.6.R1.23\n"
    "Copyright (C) Inspur. All rights reserved.\n",
    "inspur_inos_cn": "Inspur ICNT NOS-CN(tm) inos, Software (inos-cn)\n  system:    version 7.0(3)I7(8)\n",
}


def switch(platform: str = "huawei_vrp8", name: str = "sw-1", **what: Any) -> SimulatedDevice:
    """A switch that answers every command of its platform with ten lines that name the command."""
    known = platforms()[platform]
    filler = "".join(f"line {number}\n" for number in range(10))
    outputs = {command: f"Answer to {command} of {name}\n{filler}" for command in known.commands()}
    outputs[known.identify] = VERSIONS[platform] + filler
    given: dict[str, Any] = {"outputs": outputs, "accounts": (Account(username=USER, password=PASSWORD),)}
    return SimulatedDevice(name=name, platform=known, **{**given, **what})


def faulty(platform: str = "huawei_vrp8", **faults: Any) -> SimulatedDevice:
    return switch(platform, faults=Faults(**faults))


def now() -> datetime:
    return datetime.now(UTC)


AUTHORIZATION = Authorization(
    authorized_by="王五",
    method="邮件",
    reference="EXAMPLE-1",
    valid_from=datetime(2020, 1, 1, tzinfo=UTC),
    valid_until=None,
    devices=("*",),
)


def plan_for(devices: tuple[Device, ...], facts: tuple[str, ...] = ("cpu",)) -> Plan:
    site = Site(name="lab", customer="示例客户", devices=devices, authorization=AUTHORIZATION)
    return Plan(
        run_id=new_run_id("lab", now()),
        site=site,
        authorization=AUTHORIZATION,
        devices=tuple(device.name for device in devices),
        checks=(),
        facts=facts_needed(facts),
        commands={name: known.commands(facts_needed(facts)) for name, known in platforms().items()},
        created_at=now(),
    )


@dataclass
class Lab:
    """Running switches, as an inventory would list them."""

    data: Path
    simulator: Simulator
    devices: tuple[Device, ...]
    rules: HostKeyRules
    jump_hosts: dict[str, JumpHost] = field(default_factory=dict)
    """As an inventory lists them; each has the credential `hop-c` and the password of the devices."""
    events: list[Event] = field(default_factory=list)

    def plan(self, facts: tuple[str, ...] = ("cpu",)) -> Plan:
        return plan_for(self.devices, facts)

    def folder(self, plan: Plan | None = None) -> RunFolder:
        return RunFolder.create(self.data, plan or self.plan())

    def run(
        self,
        folder: RunFolder | None = None,
        password: str = PASSWORD,
        logins: dict[str, Login] | None = None,
        **how: Any,
    ) -> Collection:
        folder = folder or self.folder()
        given: dict[str, Any] = {"host_keys": self.rules, "limits": LIMITS, "on_event": self.events.append}
        if logins is None:
            logins = {d.credential: Login(USER, Secret(password)) for d in self.devices}
            logins |= {hop.credential: Login(USER, Secret(PASSWORD)) for hop in self.jump_hosts.values()}
        given["jump_hosts"] = self.jump_hosts
        return collect(folder.plan, folder, logins, now=now, **{**given, **how})

    def only_outcome(self, **how: Any) -> DeviceOutcome:
        (outcome,) = self.run(**how).outcomes
        return outcome


@contextmanager
def lab(
    tmp_path: Path,
    *switches: SimulatedDevice,
    jump_hosts: tuple[SimulatedJumpHost, ...] = (),
    **device_fields: Any,
) -> Iterator[Lab]:
    """Run the switches; all use credential `c` and a command limit of 3 s unless told otherwise."""
    for index, device in enumerate(switches):
        device.host = f"127.30.0.{index + 1}"
    for index, hop in enumerate(jump_hosts):
        hop.host = f"127.30.1.{index + 1}"
    with Simulator(switches, jump_hosts=jump_hosts) as simulator:
        fields = {"credential": "c", "timeout_s": 3, **device_fields}
        devices = tuple(
            Device(
                name=device.name,
                host=device.host,
                port=simulator.address(device.name)[1],
                protocol=device.protocol,
                insecure=device.protocol == "telnet",
                **fields,
            )
            for device in switches
        )
        hops = {
            hop.name: JumpHost(host=hop.host, port=simulator.address(hop.name)[1], credential="hop-c")
            for hop in jump_hosts
        }
        known_hosts = tmp_path / "known_hosts"
        known_hosts.write_text(simulator.known_hosts(), encoding="utf-8")
        yield Lab(tmp_path / "data", simulator, devices, HostKeyRules((known_hosts,)), hops)


def within(limits: Limits = LIMITS, **changes: Any) -> Limits:
    return replace(limits, **changes)

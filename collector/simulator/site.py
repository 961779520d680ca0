"""The demo site: its plan in `demo/site.yaml`, and the simulated devices built from it."""

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv4Interface
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from collector.inventory import Authorization, Contact, Credential, Device, Expected, Inventory, Name, Site
from collector.platform import platforms
from collector.simulator.device import Account, SimulatedDevice, load_outputs
from collector.simulator.faults import CommandFaults, Faults
from collector.simulator.server import Simulator

DEMO = Path(__file__).parent / "demo"
USERNAME = "inspector"
PASSWORD_ENV = "XUNJIAN_DEMO_PASSWORD"  # noqa: S105 - the name of a variable, not a password
THINK_S = 0.02
"""What a device needs before it answers; a real one takes longer."""


class _Planned(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlannedDevice(_Planned):
    """One switch of the demo."""

    name: Name
    platform: str
    model: str
    role: Literal["core", "aggregation", "access"]
    listen: IPv4Address
    """Loopback address of its SSH server."""
    mgmt: IPv4Address
    """Management address in its own outputs."""
    note: str = ""


Port = tuple[str, str]
"""Name of a device and of one of its interfaces."""


class Link(_Planned):
    """One cable."""

    a: Port
    b: Port
    up: bool
    lag: tuple[str, str] | None = None
    """The aggregations it belongs to, at a and at b."""


class Adjacency(_Planned):
    """Two OSPF routers on one segment: device, interface, address."""

    a: tuple[str, str, IPv4Interface]
    b: tuple[str, str, IPv4Interface]
    state: str


class PlantedFault(_Planned):
    """One thing that is wrong in the demo, as the check that must find it names it."""

    check: str
    device: str
    object: str
    severity: Literal["critical", "major", "minor", "info"]
    about: str


class NotAssessed(_Planned):
    """One thing that cannot be assessed in the demo."""

    device: str
    check: str = ""
    """`*` for every check of the device; empty where `command` says it."""
    command: str = ""
    reason: Literal["unreachable", "no_privilege"]


class Realism(_Planned):
    """A nuisance of real devices in one command's output; harmless to a careful reader."""

    device: str
    command: str
    swap: dict[str, str] = {}
    gbk: bool = False
    syslog_every: Annotated[int, Field(ge=0)] = 0


class SitePlan(_Planned):
    """All of `site.yaml`; every name in it is one of its devices."""

    customer: str
    site: Name
    devices: tuple[PlannedDevice, ...]
    links: tuple[Link, ...]
    ospf: tuple[Adjacency, ...]
    expect: dict[str, Expected]
    faults: tuple[PlantedFault, ...]
    not_assessed: tuple[NotAssessed, ...]
    realism: tuple[Realism, ...] = ()

    @model_validator(mode="after")
    def _names_are_devices(self) -> Self:
        names = {device.name for device in self.devices}
        unknown = sorted({name for name in self._names_used() if name not in names})
        if unknown:
            raise ValueError(f"not among the devices: {', '.join(unknown)}")
        for what in ("name", "listen", "mgmt"):
            counts = Counter(getattr(device, what) for device in self.devices)
            twice = [str(value) for value, count in counts.items() if count > 1]
            if twice:
                raise ValueError(f"two devices have the same {what}: {', '.join(twice)}")
        return self

    def _names_used(self) -> Iterator[str]:
        for link in self.links:
            yield from (link.a[0], link.b[0])
        for adjacency in self.ospf:
            yield from (adjacency.a[0], adjacency.b[0])
        yield from self.expect
        for entries in (self.faults, self.not_assessed, self.realism):
            yield from (entry.device for entry in entries)

    @property
    def unreachable(self) -> frozenset[str]:
        """Devices at whose address nothing listens."""
        return frozenset(entry.device for entry in self.not_assessed if entry.reason == "unreachable")

    def denied(self, device: str) -> frozenset[str]:
        """Commands that the inspection account may not use on a device."""
        mine = (e for e in self.not_assessed if e.device == device and e.reason == "no_privilege")
        return frozenset(entry.command for entry in mine)


def load_plan(path: Path = DEMO / "site.yaml") -> SitePlan:
    """Read and check the plan. Raises pydantic.ValidationError."""
    return SitePlan.model_validate(yaml.safe_load(path.read_text("utf-8")))


def new_password() -> str:
    """A password for one run of the demo."""
    return secrets.token_urlsafe(12)


def demo_devices(password: str, *, realism: bool = False, port: int = 0) -> tuple[SimulatedDevice, ...]:
    """Every device of the plan; the unreachable ones have an address where nothing listens.

    `realism` turns the plan's nuisances on (texts in GB18030, log lines in mid-output); `port` 0
    takes any free one for each device.
    """
    plan = load_plan()
    return tuple(
        SimulatedDevice(
            name=device.name,
            platform=platforms()[device.platform],
            outputs=load_outputs(DEMO / device.name, platforms()[device.platform]),
            accounts=(Account(username=USERNAME, password=password, denied=plan.denied(device.name)),),
            host=str(device.listen),
            port=port,
            think_s=THINK_S,
            faults=_faults(plan, device.name, realism=realism),
        )
        for device in plan.devices
    )


def _faults(plan: SitePlan, device: str, *, realism: bool) -> Faults:
    nuisances = {
        entry.command: CommandFaults(swap=entry.swap, gbk=entry.gbk, syslog_every=entry.syslog_every)
        for entry in plan.realism
        if realism and entry.device == device
    }
    return Faults(closed_port=device in plan.unreachable, commands=nuisances)


def demo_inventory(simulator: Simulator) -> Inventory:
    """What an engineer would write for the demo, with the addresses at which it runs now.

    The password is taken from the environment variable PASSWORD_ENV, which the caller sets to the one
    the devices were made with.
    """
    plan = load_plan()
    site = Site(
        name=plan.site,
        customer=plan.customer,
        industry="演示",
        service_level="演示服务",
        contract="DEMO-CONTRACT-0001",
        order="DEMO-ORDER-0001",
        contacts=(Contact(name="演示联系人", role="网络管理员（虚构）", email="demo@example.com"),),
        provider="演示服务商（虚构）",
        engineer="演示工程师（虚构）",
        reviewer="演示审核人（虚构）",
        authorization=Authorization(
            authorized_by="演示联系人",
            method="确认单",
            reference="DEMO-AUTH-0001（演示，仅限本机模拟设备）",
            valid_from=datetime(2026, 1, 1, tzinfo=UTC),
            valid_until=None,
            devices=("*",),
        ),
        devices=tuple(_inventory_device(device, plan, simulator) for device in plan.devices),
    )
    return Inventory(
        credentials={"demo": Credential(username=USERNAME, password_env=PASSWORD_ENV)}, sites=(site,)
    )


def _inventory_device(device: PlannedDevice, plan: SitePlan, simulator: Simulator) -> Device:
    host, port = simulator.address(device.name)
    return Device(
        name=device.name,
        host=host,
        port=port,
        role=device.role,
        location="演示机房",
        credential="demo",
        expect=plan.expect.get(device.name, Expected()),
    )


def run_forever(devices: tuple[SimulatedDevice, ...], on_ready: Callable[[Simulator], None]) -> None:
    """Run devices until Ctrl-C; `on_ready` is called once, when all of them listen."""
    with Simulator(devices) as simulator:
        try:
            on_ready(simulator)  # whoever it tells may press Ctrl-C at once
            threading.Event().wait()
        except KeyboardInterrupt:
            return

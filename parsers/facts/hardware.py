"""Who the device is, what it is made of, and how its parts are doing."""

from dataclasses import dataclass
from typing import Literal

from parsers.facts.known import FactRow, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity(FactRow):
    """Who the device says it is."""

    hostname: str
    model: str
    """Product model without the vendor's name, e.g. `S6520X-54QC-EI`, `CE6857-48S6CQ-EI`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Software(FactRow):
    """The running software."""

    os: str
    """`Comware`, `VRP`, `INOS-CN`."""
    version: str
    """What the vendor calls the product version, as printed: `Release 6616P05` (Comware),
    `V200R019C10SPC500` (VRP), `7.0(3)I7(8)` (INOS-CN)."""
    platform_version: str | None = None
    """Comware `7.1.070`, VRP `8.191`; None where there is no such second number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uptime(FactRow):
    """How long it has been running."""

    uptime_s: int
    reset_reason: str | None = None
    """Reason of the last restart in the device's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(FactRow):
    """One slot of `display device` or `show module`: main board, line card, box switch, stack member."""

    location: Location
    kind: Literal["mpu", "lpu", "fabric", "subcard", "fixed", "other"]
    """`fixed`: a box switch or stack member itself. Power supplies and fans are not boards."""
    model: str | None
    present: bool
    state: str
    role: Literal["master", "standby", "none"] = "none"
    software_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Module(FactRow):
    """One serial-numbered part for the asset list."""

    location: Location
    kind: Literal["chassis", "board", "power", "fan", "optic", "other"]
    model: str | None
    serial: str
    made_on: str | None = None
    """Manufacturing date as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cpu(FactRow):
    """Load of one processor."""

    unit: str
    """The device's name for it, e.g. `Slot 1 CPU 0`; `CPU` when there is one without a name."""
    used_5m_pct: float | None
    """Average over five minutes; None where only `used_now_pct` is printed."""
    used_now_pct: float | None = None
    peak_pct: float | None = None
    """The highest load that the device remembers; in the step of its chart where it draws one."""
    peak_at: str | None = None
    """Time of the peak as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory(FactRow):
    """Memory of one unit."""

    unit: str
    used_pct: float
    total_bytes: int | None = None
    used_bytes: int | None = None
    """What the device counts as used; buffers and caches may be in it."""
    free_bytes: int | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature(FactRow):
    """One sensor with the device's own upper limits."""

    location: Location
    sensor: str
    celsius: float
    warn_c: float | None = None
    alarm_c: float | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan(FactRow):
    """One fan or fan tray."""

    location: Location
    name: str
    """`Fan 1` style; unique on the device together with `location`."""
    present: bool
    state: str
    speed_pct: float | None = None
    airflow: str | None = None
    """Direction in the device's words, in lower case: `port-to-power`, `front-to-back`, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerSupply(FactRow):
    """One power supply slot."""

    location: Location
    name: str
    present: bool
    """False for an empty bay, which is not a fault by itself."""
    state: str
    model: str | None = None
    capacity_w: float | None = None
    """What it is rated for."""
    output_w: float | None = None
    """What it gives at present."""
    airflow: str | None = None
    """Direction of its own fan, worded as that of fans is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSystem(FactRow):
    """One storage of the device."""

    location: Location
    name: str
    """`flash:`, `bootflash:`, ..."""
    total_bytes: int | None
    free_bytes: int
    kind: Literal["flash", "harddisk", "removable", "other"] = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile(FactRow):
    """One file in the listing of a storage."""

    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(FactRow):
    """One active alarm."""

    name: str
    severity: Literal["critical", "major", "minor", "warning"]
    raised_at: str | None = None
    """Time as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLoad(FactRow):
    """Processor use of one process."""

    name: str
    cpu_pct: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash(FactRow):
    """One record of an exception or core file."""

    process: str
    time: str | None
    """As printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic(FactRow):
    """What one self-test of the device or of a module gave last."""

    location: Location
    name: str
    result: str
    """`Success`, `Pass`, `Untested`, ...; letters are spelled as the legend of the output does."""
    ports: tuple[int, ...] = ()
    """Ports of the module that this row is about; empty for a test of the module as a whole."""
    runs: int | None = None
    """How often it has run, and of these failed, since the device counts."""
    failures: int | None = None
    reason: str | None = None
    """Why it failed last, in the device's words."""
    summary: bool = False
    """It sums up the tests of the module, and is none itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoePort(FactRow):
    """Power over Ethernet on one port."""

    interface: str
    state: str
    power_w: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poe(FactRow):
    """Power over Ethernet of one unit."""

    location: Location
    budget_w: float | None
    used_w: float | None
    ports: tuple[PoePort, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareResource(FactRow):
    """Use of one hardware table (ACL, TCAM, next hops, ...)."""

    location: Location
    pool: str
    used: int
    total: int

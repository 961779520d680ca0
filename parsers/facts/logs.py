"""Time, log records, and where they are sent."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from parsers.facts.known import FactRow

_INTERFACE = re.compile(
    r"(?<![\w./-])(?:"
    r"(?:\d+|X|Multi)?GE\d+(?:/\d+)+"
    r"|(?:[A-Z][A-Za-z-]*)?(?:Ethernet|GigE)\d+(?:/\d+)*"
    r"|(?:Eth-Trunk|Bridge-Aggregation|Route-Aggregation|port-channel|Vlan-interface|Vlanif|Vlan)\d+"
    r"|mgmt\d+"
    r")(?:[.:]\d+)?(?![\w/])"
)
"""Names of ports, aggregations and VLAN interfaces as any platform writes them in a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(FactRow):
    """The device's clock when it was asked."""

    device_time: datetime
    """Timezone-aware when the device prints an offset or a zone we know, else naive."""
    asked_at: datetime | None
    """When the command was sent, by the clock of the collecting end: ours, or that of the terminal that
    stamped the lines of a log; UTC, aware. None: others asked, and left a log without stamps."""
    round_trip_s: float | None
    """Seconds until the whole answer was there: the uncertainty of the comparison; None: not measured."""
    dst: bool | None = None
    """Daylight saving time is in force; None where nothing tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NtpSource(FactRow):
    """One configured time source."""

    address: str
    selected: bool
    kind: Literal["server", "peer"] | None = None
    """How it is configured."""
    stratum: int | None = None
    reach: int | None = None
    """The last eight polls as bits, the latest lowest: 255 when all were answered."""
    poll_s: int | None = None
    delay_s: float | None = None
    offset_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ntp(FactRow):
    """Time synchronisation."""

    configured: bool
    synchronized: bool
    stratum: int | None = None
    sources: tuple[NtpSource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEvent(FactRow):
    """One record of the log buffer."""

    time: datetime
    """As the device printed it; naive when it prints no zone."""
    severity: int
    """0 emergency to 7 debugging."""
    mnemonic: str
    """`MODULE/EVENT` style, e.g. `IFNET/PHY_UPDOWN`, `ETHPORT/IF_DOWN_LINK_FAILURE`."""
    text: str

    @property
    def interfaces(self) -> tuple[str, ...]:
        """Interfaces that the text names, each once, in its order."""
        return tuple(dict.fromkeys(_INTERFACE.findall(self.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoCenter(FactRow):
    """Where logs go."""

    enabled: bool
    hosts: tuple["LogHost", ...]
    buffer_records: int | None = None
    """How many records the log buffer holds, 0 where it is off; None where it is not counted in records."""
    log_file: bool | None = None
    """Records are written to a file on the device too; None where nothing says so."""
    dated: bool | None = None
    """Records carry the date, wherever they go; False where some say the time since start, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHost(FactRow):
    """One log server."""

    address: str
    level: int | None = None
    """Least severe level that is sent, 0 to 7; None where it is the default."""

"""The vendor-neutral model: what is known about one device, row by row, with where it was read.

Units stand in the names: `_c` degrees Celsius, `_s` seconds, `_pct` percent 0-100, `_dbm` dBm,
`_ma` milliampere, `_v` volt, `_w` watt, `_mbps` megabits per second, `_bytes` bytes. None always
means "this device does not print it", never zero. States (`state`) are the device's own words.
"""

from parsers.facts.access import (
    Acl,
    LocalUser,
    Snmp,
    SnmpCommunity,
    SnmpUser,
    Ssh,
    Telnet,
    Vty,
)
from parsers.facts.device import (
    FACT_NAMES,
    NOT_ASKED,
    Facts,
)
from parsers.facts.hardware import (
    Board,
    Cpu,
    Fan,
    Identity,
    Memory,
    Module,
    PowerSupply,
    Software,
    Temperature,
    Uptime,
)
from parsers.facts.interfaces import (
    ErrDisabled,
    Interface,
    Optic,
    OpticLane,
)
from parsers.facts.known import (
    Fact,
    FactRow,
    Known,
    Location,
    Partial,
    Reason,
    Unknown,
    UnreadLine,
)
from parsers.facts.logs import (
    Clock,
    InfoCenter,
    LogEvent,
    LogHost,
    Ntp,
    NtpSource,
)
from parsers.facts.network import (
    Lag,
    LagMember,
    LldpNeighbor,
    OspfNeighbor,
    Stack,
    StackMember,
    Stp,
)
from parsers.facts.software import (
    License,
    Patch,
    SavedState,
    Startup,
)

__all__ = [
    "FACT_NAMES",
    "NOT_ASKED",
    "Acl",
    "Board",
    "Clock",
    "Cpu",
    "ErrDisabled",
    "Fact",
    "FactRow",
    "Facts",
    "Fan",
    "Identity",
    "InfoCenter",
    "Interface",
    "Known",
    "Lag",
    "LagMember",
    "License",
    "LldpNeighbor",
    "LocalUser",
    "Location",
    "LogEvent",
    "LogHost",
    "Memory",
    "Module",
    "Ntp",
    "NtpSource",
    "Optic",
    "OpticLane",
    "OspfNeighbor",
    "Partial",
    "Patch",
    "PowerSupply",
    "Reason",
    "SavedState",
    "Snmp",
    "SnmpCommunity",
    "SnmpUser",
    "Software",
    "Ssh",
    "Stack",
    "StackMember",
    "Startup",
    "Stp",
    "Telnet",
    "Temperature",
    "Unknown",
    "UnreadLine",
    "Uptime",
    "Vty",
]

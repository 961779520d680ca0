"""Rows of a baseline: management access, control plane, data plane."""

from typing import Annotated, Literal

from pydantic import Field, Strict

from baselines.parameters.fields import AtLeastZero, Count, Row, Words

Role = Literal["core", "aggregation", "access", "spine", "leaf", "border", "oob", "unknown"]


class SshAlgorithms(Row):
    """Patterns of weak algorithms, in small letters with hyphens; least length of the RSA host key."""

    weak_ciphers: Words
    weak_macs: Words
    weak_kex: Words
    hostkey_min_bits: Count


class Accounts(Row):
    """Names that are no good; demands on passwords: characters, kinds of them, days, passwords kept."""

    default_names: Words
    len_min: Count
    types_min: Count
    age_max_d: Count
    history_min: Count


class LoginLimits(Row):
    """Failed logins, minutes locked, minutes idle."""

    max_fail: Count
    lock_min: AtLeastZero
    idle_max_min: AtLeastZero


class Privileges(Row):
    """How many accounts may do everything; words in the names of those that programs use."""

    admins_max: Count
    service_words: Words


class Snooping(Row):
    """Roles of devices with users attached; tags of those where none uses DHCP."""

    roles: tuple[Role, ...]
    static_tags: tuple[str, ...]


class Roles(Row):
    """Roles of the devices that are judged."""

    roles: tuple[Role, ...]


class Banner(Row):
    """Words that a banner must not hold."""

    words: Words


class Tagged(Row):
    """Tags of the inventory: devices that are judged."""

    tags: tuple[str, ...]


class ProcessorDrops(Row):
    """Packets for the processor dropped between two readings: fewest that are judged, and rate per hour."""

    growth_min: Count
    drops_per_hour_warn: AtLeastZero


class StormControl(Roles):
    """Largest share of users' ports without a limit."""

    bare_max_pct: AtLeastZero


class BorderPorts(Row):
    """Roles of devices at the border; ports that they must deny."""

    roles: tuple[Role, ...]
    ports: tuple[Annotated[int, Strict(), Field(ge=1, le=65535)], ...]


class Mirrors(Row):
    """Ids of sessions that are registered; None where there is no register."""

    sessions: tuple[str, ...] | None


ROWS: dict[str, type[Row]] = {
    "MGT-001": Row,
    "MGT-002": Row,
    "MGT-003": SshAlgorithms,
    "MGT-004": Row,
    "MGT-005": Row,
    "MGT-006": Row,
    "MGT-007": Row,
    "MGT-008": Row,
    "MGT-009": Row,
    "MGT-010": Row,
    "MGT-011": Accounts,
    "MGT-012": LoginLimits,
    "MGT-013": Privileges,
    "MGT-014": Banner,
    "MGT-015": Roles,
    "MGT-016": Row,
    "MGT-017": Row,
    "CTL-001": Roles,
    "CTL-002": ProcessorDrops,
    "CTL-003": Row,
    "CTL-004": Row,
    "CTL-005": Row,
    "DAT-001": StormControl,
    "DAT-002": Tagged,
    "DAT-003": Snooping,
    "DAT-004": Row,
    "DAT-005": Tagged,
    "DAT-006": BorderPorts,
    "DAT-007": Row,
    "DAT-008": Mirrors,
}

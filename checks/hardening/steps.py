"""Which checks are about hardening, and in what order their remedies are carried out (`hardening.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import ClassVar

import yaml
from pydantic import ConfigDict, TypeAdapter


class Plane(StrEnum):
    """The planes of a network device, in the order in which they are hardened."""

    MANAGEMENT = "management"
    CONTROL = "control"
    DATA = "data"


PLANE_WORDS = {Plane.MANAGEMENT: "管理平面", Plane.CONTROL: "控制平面", Plane.DATA: "数据平面"}


class Wave(StrEnum):
    """What is done together, the harmless first."""

    QUIET = "quiet"
    """Touches no traffic and no login."""
    LOGIN = "login"
    """Could lock the operator out."""
    SERVICE = "service"
    """Interrupts or may interrupt forwarding."""


WAVE_WORDS = {
    Wave.QUIET: "第一批：不影响业务与登录",
    Wave.LOGIN: "第二批：可能影响登录",
    Wave.SERVICE: "第三批：可能影响业务",
}
WINDOW_WORDS = {
    Wave.QUIET: "日常时段，变更审批后执行",
    Wave.LOGIN: "变更窗口；保留一个在线会话，并有 Console 或带外通道，两人复核",
    Wave.SERVICE: "业务低谷的变更窗口，逐台执行，每台验证后再做下一台",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How the remedy of one check fits into a hardening plan; the remedy itself is the catalogue's."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    check: str
    plane: Plane
    wave: Wave
    requirement: str
    """What ought to be, as a requirement to the device."""
    high_risk: bool = False
    """Done wrongly it costs service or access: printed with 高危."""
    lockout: str = ""
    """How it could lock the operator out; empty: it cannot."""
    after: tuple[str, ...] = ()
    """Checks that must be in order on the device before this remedy is begun."""
    precheck: tuple[str, ...] = ()
    """What a person makes sure of before."""
    references: tuple[str, ...] = ()
    """Clauses of standards that are certain to demand it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """How one enters and leaves configuring on a platform."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    enter: str
    back: str
    """From a block to the global view."""
    save: str
    backup: str
    """What shows the configuration, to be kept before the change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placeholders:
    """What is said of a placeholder that stays open in a plan."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    secret: Mapping[str, str] = field(default_factory=dict)
    """Never written into a document; filled in by hand when the command is typed."""
    customer: Mapping[str, str] = field(default_factory=dict)
    """The customer decides it; known when the baseline's section `hardening` says it."""
    device: Mapping[str, str] = field(default_factory=dict)
    """Read from the device; open where its facts do not tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Everything in `hardening.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    platforms: Mapping[str, Entry]
    placeholders: Placeholders
    steps: tuple[Step, ...]
    """In the order in which they are carried out on a device, within their wave."""


@cache
def guide() -> Guide:
    """Read the guide; raises pydantic's error when the file is malformed."""
    text = (files("checks") / "catalogue" / "hardening.yaml").read_text("utf-8")
    return TypeAdapter(Guide).validate_python(yaml.safe_load(text))


def in_order() -> tuple[Step, ...]:
    """The steps as they are carried out: wave after wave."""
    waves = list(Wave)
    return tuple(sorted(guide().steps, key=lambda step: waves.index(step.wave)))

"""What is to be inspected, and who permitted it: the types that people fill in."""

from datetime import datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\s/\\]+$")]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown; no such form; a folder such as `Asia`
        raise ValueError("must be the name of an IANA time zone, like Asia/Shanghai") from error
    return name


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Contact(_Strict):
    """A person to reach at the customer's."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""


class Expected(_Strict):
    """What ought to be true of this one device and cannot be known from it."""

    uplinks: tuple[str, ...] = ()
    """Interfaces that must be up."""
    psu_min: Annotated[int, Field(ge=0)] | None = None
    """Power supplies that must be working."""
    stack_members: Annotated[int, Field(ge=1)] | None = None
    ospf_neighbors: Annotated[int, Field(ge=0)] | None = None
    port_speed_mbps: dict[str, int] = Field(default_factory=dict)
    neighbors: dict[str, str] = Field(default_factory=dict)
    """Local port to name of the neighbour that must be heard there."""
    stp_replaced_by: str = ""
    """RRPP, ERPS, Smart Link, ... where such a protocol stands in for spanning tree."""


class Device(_Strict):
    """One switch, or one stack that is managed as one."""

    name: Name
    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    platform: str = "auto"
    """A platform id, or `auto` to go by what the device says."""
    role: Literal["core", "aggregation", "access", "border", "oob", "unknown"] = "unknown"
    location: str = ""
    tags: tuple[str, ...] = ()
    credential: str = ""
    """Name of an entry of `credentials`; filled from the site's defaults when left out."""
    timeout_s: Annotated[float, Field(gt=0)] = 60.0
    """Longest time one command may take."""
    expect: Expected = Expected()


class Authorization(_Strict):
    """The customer's permission: without one that is valid now, no device is touched."""

    authorized_by: Annotated[str, Field(min_length=1)]
    method: Literal["邮件", "纪要", "确认单", "传真", "录音", "现场确认", "通知"]
    reference: Annotated[str, Field(min_length=1)]
    """Number or file name of the record."""
    valid_from: AwareDatetime
    valid_until: AwareDatetime | None
    """None: without an end; only the built-in demo has that."""
    devices: tuple[str, ...] = Field(min_length=1)
    """Names of permitted devices, or `*` for every device of the site."""

    @model_validator(mode="after")
    def _window_is_not_empty(self) -> Self:
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError("valid_until must be later than valid_from")
        return self

    def covers(self, device: str) -> bool:
        """Tell whether this device may be touched."""
        return "*" in self.devices or device in self.devices

    def open_at(self, moment: datetime) -> bool:
        """Tell whether devices may be touched at this moment."""
        return self.valid_from <= moment and (self.valid_until is None or moment < self.valid_until)


class Credential(_Strict):
    """How to log in; secrets are named, never written down."""

    username: Annotated[str, Field(min_length=1)]
    password_env: str = ""
    """Environment variable that holds the password; empty: ask at the terminal."""


class Site(_Strict):
    """One customer location (局点)."""

    name: Name
    customer: Annotated[str, Field(min_length=1)]
    industry: str = ""
    service_level: str = ""
    contract: str = ""
    order: str = ""
    """派工单号."""
    classification: Literal["公开", "内部", "秘密", "机密"] = "内部"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    """IANA name of the zone that documents print times in; data files keep UTC."""
    contacts: tuple[Contact, ...] = ()
    logo: str = ""
    """Path of the customer's logo (PNG or JPEG), relative to the inventory file."""
    provider: str = ""
    """Name of the inspecting company, for cover and sign-off."""
    engineer: str = ""
    reviewer: str = ""
    authorization: Authorization | None = None
    """None is accepted when reading, so that the file can be checked; a scan refuses."""
    devices: tuple[Device, ...] = Field(min_length=1)

    @property
    def zone(self) -> ZoneInfo:
        """The zone that documents print times in."""
        return ZoneInfo(self.timezone)


class Inventory(_Strict):
    """A whole inventory file."""

    credentials: dict[str, Credential]
    sites: tuple[Site, ...] = Field(min_length=1)

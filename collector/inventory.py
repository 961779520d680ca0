"""What is to be inspected, and who permitted it: the types that people fill in."""

from datetime import date, datetime
from ipaddress import ip_network
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


def _network(prefix: str) -> str:
    try:
        return str(ip_network(prefix))
    except ValueError as error:
        raise ValueError("must be a prefix without host bits, like 192.0.2.0/24") from error


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
    mpu_min: Annotated[int, Field(ge=0)] | None = None
    """Main boards that must be working."""
    fabric_min: Annotated[int, Field(ge=0)] | None = None
    """Switching fabrics that must be working."""
    serials: tuple[str, ...] = ()
    """Serial numbers in the asset list: of the device itself, of a stack those of all its members."""
    stack_members: Annotated[int, Field(ge=1)] | None = None
    ospf_neighbors: Annotated[int, Field(ge=0)] | None = None
    port_speed_mbps: dict[str, int] = Field(default_factory=dict)
    neighbors: dict[str, str] = Field(default_factory=dict)
    """Local port to name of the neighbour that must be heard there."""
    stack_topology: Literal["ring", "chain"] | None = None
    """Shape that the stacking cables ought to have."""
    stack_master: Annotated[int, Field(ge=0)] | None = None
    """Number of the stack member that ought to be elected master."""
    isis_neighbors: Annotated[int, Field(ge=0)] | None = None
    fhrp_roles: dict[str, Literal["master", "backup"]] = Field(default_factory=dict)
    """Interface and group (`Vlanif10 1`) to the part that this device plays while nothing is wrong."""
    default_route: bool | None = None
    """Whether there must be a default route; None: nobody says."""
    ecmp_prefixes: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    """Prefixes (`192.0.2.0/24`) that must be reached over several next hops."""
    mlag_role: Literal["primary", "secondary"] | None = None
    single_homed: tuple[str, ...] = ()
    """Cross-device aggregations that are wired to this device alone on purpose."""
    critical_links: tuple[str, ...] = ()
    """Ports and aggregations towards what must not be cut off by one broken part."""
    stp_replaced_by: str = ""
    """RRPP, ERPS, Smart Link, ... where such a protocol stands in for spanning tree."""


class Device(_Strict):
    """One switch, or one stack that is managed as one."""

    name: Name
    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    platform: str = "auto"
    """A platform id, or `auto` to go by what the device says."""
    role: Literal["core", "aggregation", "access", "spine", "leaf", "border", "oob", "unknown"] = "unknown"
    location: str = ""
    tags: tuple[str, ...] = ()
    credential: str = ""
    """Name of an entry of `credentials`; filled from the site's defaults when left out."""
    jump: tuple[str, ...] = ()
    """Names of entries of `jump_hosts`, the one that is connected to first in front."""
    aaa: str = ""
    """Name of the entry of `aaa_servers` that answers this device's logins; empty: nobody knows."""
    legacy: bool = False
    """The device offers only what the 2010s had: SHA-1 key exchange, ssh-rsa signatures, CBC ciphers."""
    protocol: Literal["ssh", "telnet"] = "ssh"
    insecure: bool = False
    """Needed for telnet, which sends the password in clear; it is reported as a finding."""
    timeout_s: Annotated[float, Field(gt=0)] = 60.0
    """Longest time one command may take."""
    expect: Expected = Expected()

    @model_validator(mode="after")
    def _clear_text_only_on_purpose(self) -> Self:
        if self.protocol == "telnet" and not self.insecure:
            raise ValueError("telnet sends the password in clear: it is used only with `insecure: true`")
        return self


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
    """How to log in; secrets are named, never written down.

    The password comes from the first of these that has one: environment variable, keyring, command, the
    terminal. Where a key file or the SSH agent is to be used, it is tried before the password, in the same
    single authentication sequence, and no password is asked for at the terminal.
    """

    username: Annotated[str, Field(min_length=1)]
    password_env: str = ""
    """Environment variable that holds the password."""
    password_keyring: str = ""
    """Name of the service under which the system's keyring holds the password of `username`."""
    password_command: tuple[str, ...] = ()
    """Program and arguments that print the password on the first line, e.g. `[pass, show, net/inspector]`."""
    key_file: str = ""
    """Private key in OpenSSH form; in a file relative to that of the inventory."""
    key_passphrase_env: str = ""
    """Environment variable that holds the passphrase of `key_file`."""
    use_agent: bool = False
    """Offer the keys of the running SSH agent."""

    @property
    def has_key(self) -> bool:
        """Something else than a password is tried first."""
        return bool(self.key_file) or self.use_agent


class JumpHost(_Strict):
    """An SSH server on the way to devices; only connections are forwarded through it, nothing runs there."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    credential: Annotated[str, Field(min_length=1)]


class AaaServer(_Strict):
    """A RADIUS or TACACS+ server that answers for several devices and must not be flooded with logins."""

    concurrency: Annotated[int, Field(ge=1)]
    """Logins at the same time, over all sites."""


class Period(_Strict):
    """A named stretch of time in a calendar."""

    name: Annotated[str, Field(min_length=1)]
    start: AwareDatetime
    end: AwareDatetime

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must be later than start")
        return self

    def covers(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it."""
        return self.start <= moment < self.end


class Site(_Strict):
    """One customer location (局点)."""

    name: Name
    customer: Annotated[str, Field(min_length=1)]
    industry: str = ""
    service_level: str = ""
    service_from: date | None = None
    """First and last day of the service: what is owed when follows from them."""
    service_until: date | None = None
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
    concurrency: Annotated[int, Field(ge=1)] | None = None
    """Devices of this site worked on at the same time; None: as many as the run allows."""
    max_login_failures: Annotated[int, Field(ge=1)] = 3
    """Refused logins after which no further device of the site is logged in to."""
    sensitive_periods: tuple[Period, ...] = ()
    """重保 and alike: only the light profile runs in them."""
    maintenance_windows: tuple[Period, ...] = ()
    """Heavy commands run only in them, where any are given."""
    authorization: Authorization | None = None
    """None is accepted when reading, so that the file can be checked; a scan refuses."""
    devices: tuple[Device, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.service_from and self.service_until and self.service_until < self.service_from:
            raise ValueError("service_until is before service_from")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone that documents print times in."""
        return ZoneInfo(self.timezone)


class Inventory(_Strict):
    """A whole inventory file."""

    credentials: dict[str, Credential]
    jump_hosts: dict[str, JumpHost] = Field(default_factory=dict)
    aaa_servers: dict[str, AaaServer] = Field(default_factory=dict)
    sites: tuple[Site, ...] = Field(min_length=1)

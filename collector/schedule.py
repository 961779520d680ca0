"""Who is logged in to when: what keeps a wrong password from locking accounts, and servers from a flood.

Knows neither threads nor devices: it is told what happened and says who may begin, so that it can be
tested without either. Its rules:

1. A credential that nobody has accepted yet is tried on one device at a time. Refused there, it is tried
   on no other.
2. Refused logins of the site, together with those under way, never exceed `Site.max_login_failures`.
3. No more devices at once than the run and the site allow, and no more logins at once than an AAA server
   takes.

The login to a jump host counts as one with the jump host's own credential.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from collector.inventory import AaaServer, Device, JumpHost, Site
from collector.run_record import OutcomeReason


class _Trust(Enum):
    """What is known of a credential."""

    UNPROVEN = "unproven"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Spared:
    """A device that is not to be logged in to, and why."""

    device: Device
    reason: OutcomeReason
    detail: str


class Schedule:
    """The order of logins at one site, for devices that are given in the order wanted."""

    def __init__(
        self,
        devices: tuple[Device, ...],
        site: Site,
        *,
        threads: int,
        aaa_servers: Mapping[str, AaaServer],
        jump_hosts: Mapping[str, JumpHost],
    ) -> None:
        self._site = site
        self._at_once = min(threads, site.concurrency or threads)
        self._aaa_servers = aaa_servers
        self._jump_hosts = jump_hosts
        self._trust = {name: _Trust.UNPROVEN for device in devices for name in self._credentials(device)}
        self._refused_by: dict[str, str] = {}
        """By refused credential: who refused it first."""
        self._refusals: list[str] = []
        """Devices and jump hosts that refused a login, in that order."""
        self._waiting = {device.name: device for device in devices}
        self._begun: dict[str, Device] = {}
        self._logging_in: dict[str, Device] = {}
        """Those of the begun whose login was not answered yet."""
        self._spared: dict[str, Spared] = {}
        self._settled = False
        """Nothing was told since the waiting were last gone through."""

    @property
    def most_at_once(self) -> int:
        """How many devices there can be under way."""
        return self._at_once

    def begun(self) -> tuple[Device, ...]:
        """Let begin who may, and give every device that has begun and not ended."""
        if not self._settled:
            self._spare()
            self._begin()
            self._settled = True
        return tuple(self._begun.values())

    def spared(self) -> tuple[Spared, ...]:
        """Give every device that is never to begin and has not ended."""
        return tuple(self._spared.values())

    def login_ended(self, device: str, *, accepted: bool, hop: str = "") -> None:
        """Note how a begun device, or the jump host `hop` on the way to it, answered a login."""
        self._settled = False
        credential = self._jump_hosts[hop].credential if hop else self._begun[device].credential
        if not hop:
            self._logging_in.pop(device, None)
        if accepted:
            self._trust[credential] = _Trust.ACCEPTED
            return
        self._refusals.append(hop or device)
        if self._trust[credential] is _Trust.UNPROVEN:
            self._trust[credential] = _Trust.REFUSED
            self._refused_by[credential] = hop or device

    def ended(self, device: str) -> None:
        """Note that nothing more happens with a device."""
        self._settled = False
        for kept in (self._waiting, self._begun, self._logging_in, self._spared):
            kept.pop(device, None)

    @property
    def _attempts_left(self) -> int:
        """How many more logins could all be refused without going beyond the limit."""
        return self._site.max_login_failures - len(self._refusals) - len(self._logging_in)

    def _credentials(self, device: Device) -> tuple[str, ...]:
        return (*(self._jump_hosts[hop].credential for hop in device.jump), device.credential)

    def _may_begin(self, device: Device) -> bool:
        unproven = {c for c in self._credentials(device) if self._trust[c] is _Trust.UNPROVEN}
        if unproven and any(unproven.intersection(self._credentials(d)) for d in self._logging_in.values()):
            return False
        if device.aaa not in self._aaa_servers:
            return True
        asking = sum(other.aaa == device.aaa for other in self._logging_in.values())
        return asking < self._aaa_servers[device.aaa].concurrency

    # Ctrl-C can strike anywhere in the next two: a device is in its new place before it leaves the old one.

    def _spare(self) -> None:
        """Take out of those that wait whom no login is to be tried on any more."""
        if not self._refusals:
            return
        for device in tuple(self._waiting.values()):
            told = self._why_not(device)
            if told is not None:
                self._spared[device.name] = Spared(device, *told)
                del self._waiting[device.name]

    def _begin(self) -> None:
        for device in tuple(self._waiting.values()):
            if len(self._begun) >= self._at_once or self._attempts_left <= 0:
                return
            if self._may_begin(device):
                self._begun[device.name] = self._logging_in[device.name] = device
                del self._waiting[device.name]

    def _why_not(self, device: Device) -> tuple[OutcomeReason, str] | None:
        refused = next((c for c in self._credentials(device) if self._trust[c] is _Trust.REFUSED), None)
        if refused is not None:
            return OutcomeReason.LOGIN_FAILED, (
                f"同一凭据 {refused} 在 {self._refused_by[refused]} 上被拒绝，为免锁定账号，本设备未尝试登录"
            )
        if len(self._refusals) >= self._site.max_login_failures:
            return OutcomeReason.NOT_COLLECTED, (
                f"本局点登录被拒绝已达上限 {self._site.max_login_failures} 次"
                f"（{'、'.join(self._refusals)}），为免锁定账号，本设备未尝试登录"
            )
        return None

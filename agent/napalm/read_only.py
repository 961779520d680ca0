"""What this driver does not do, each with the reason."""

from collections.abc import Callable
from inspect import signature
from typing import Any, NoReturn

from napalm.base import NetworkDriver

from agent.napalm.errors import NotOfferedError

_CHANGES = "this driver is read-only: it sends nothing that could change a device"
_TRAFFIC = "this driver is read-only: it makes a device send no traffic of its own"
_NO_FACT = "no fact holds what it needs"

REFUSED = {
    "load_template": _CHANGES,
    "load_replace_candidate": _CHANGES,
    "load_merge_candidate": _CHANGES,
    "compare_config": f"{_CHANGES}, so there is no candidate to compare",
    "commit_config": _CHANGES,
    "confirm_commit": _CHANGES,
    "has_pending_commit": f"{_CHANGES}, so there is no commit to confirm",
    "discard_config": _CHANGES,
    "rollback": _CHANGES,
    "ping": _TRAFFIC,
    "traceroute": _TRAFFIC,
    "get_ntp_peers": f"{_NO_FACT}: sources are not told apart into servers and peers; see get_ntp_servers",
    "get_bgp_config": _NO_FACT,
    "get_bgp_neighbors_detail": f"{_NO_FACT}; see get_bgp_neighbors",
    "get_network_instances": f"{_NO_FACT}: a VRF without a routed interface would be left out",
    "get_ipv6_neighbors_table": _NO_FACT,
    "get_firewall_policies": _NO_FACT,
    "get_probes_config": _NO_FACT,
    "get_probes_results": _NO_FACT,
}
"""Method of NAPALM to why it raises NotOfferedError, which is a NotImplementedError."""


class ReadOnlyDriver(NetworkDriver):
    """A NAPALM driver of which everything in REFUSED says why it is not offered."""


def _refusal(method: str, why: str) -> Callable[..., NoReturn]:
    def refuse(self: ReadOnlyDriver, *_args: Any, **_how: Any) -> NoReturn:
        raise NotOfferedError(f"{method}: {why}")

    refuse.__name__ = method
    refuse.__doc__ = f"Raise NotOfferedError: {why}."
    # Tools, and NAPALM's own tests, look at how a method may be called.
    refuse.__signature__ = signature(getattr(NetworkDriver, method))  # type: ignore[attr-defined]
    return refuse


for _method, _why in REFUSED.items():
    setattr(ReadOnlyDriver, _method, _refusal(_method, _why))

"""The NAPALM driver of every platform of ours: it asks the device which one it is."""

from types import TracebackType
from typing import Any

from napalm.base.exceptions import ConnectionClosedException

from agent.napalm import configuration, hardware, ports, services
from agent.napalm.configuration import RESTS_ON
from agent.napalm.connection import Answered, Connection, Options
from agent.napalm.errors import NotOfferedError, OptionError
from agent.napalm.read_only import ReadOnlyDriver
from collector.credentials import Login, Secret

Row = dict[str, Any]


class XunjianDriver(ReadOnlyDriver):
    """A device of ours for NAPALM's tools; read-only.

    Each getter asks only the commands that its facts need. It raises NotOfferedError (a
    NotImplementedError) where the platform has no such fact, FactUnknownError with the reason where the
    fact is not known, and FactPartialError where lines were not understood (unless `allow_partial`).
    """

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: Row | None = None,
    ) -> None:
        """Keep what is needed to log in; `timeout` is the longest time one command may take, in seconds.

        Raises OptionError for `optional_args` other than the fields of `connection.Options`.
        """
        self.hostname = hostname
        self.username = username
        self.timeout = timeout
        self.device: Connection | None = None
        self._login = Login(username, Secret(password))
        self._options = Options.of(optional_args)

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        exc_traceback: TracebackType | None,
    ) -> None:
        """Close; NAPALM's own would also print a request to report errors that it does not know."""
        self.close()

    @property
    def platform(self) -> str:
        """Id of the platform: what the device says, before that what `optional_args` say."""
        return self._options.platform if self.device is None else self.device.platform.id

    def open(self) -> None:
        """Log in, recognise the device and switch its pager off.

        Raises ConnectAuthError, UnsupportedVersion or another ConnectionException of NAPALM.
        """
        self.close()
        self.device = Connection(self.hostname, self._login, float(self.timeout), self._options)

    def close(self) -> None:
        """End the session."""
        if self.device is not None:
            self.device.close()
            self.device = None

    def is_alive(self) -> Row:
        """Tell whether the session is open; nothing is sent for it."""
        return {"is_alive": self.device is not None and self.device.is_alive()}

    def cli(self, commands: list[str], encoding: str = "text") -> dict[str, str]:
        """Give the answers to commands of the platform's read-only list, with secrets hidden.

        Raises CommandNotAllowedError, before anything is sent, when one of them is not on the list.
        """
        if encoding != "text":
            raise NotOfferedError(f"cli: these devices answer in text, not in {encoding!r}")
        return self._opened().cli(commands)

    def get_facts(self) -> Row:
        """Who the device is."""
        asked = self._ask("identity", "software", "uptime", "inventory", "interfaces")
        return hardware.facts(
            asked.platform.vendor,
            asked.value(asked.facts.identity),
            asked.value(asked.facts.software),
            asked.value(asked.facts.uptime),
            asked.value(asked.facts.inventory),
            asked.value(asked.facts.interfaces),
        )

    def get_environment(self) -> Row:
        """Fans, power supplies, temperatures, processors and memory."""
        asked = self._ask("fans", "power_supplies", "temperatures", "cpu", "memory")
        return hardware.environment(
            asked.value(asked.facts.fans),
            asked.value(asked.facts.power_supplies),
            asked.value(asked.facts.temperatures),
            asked.value(asked.facts.cpu),
            asked.value(asked.facts.memory),
        )

    def get_optics(self) -> dict[str, Row]:
        """Light received and sent by each transceiver, in dBm, and its bias current, in mA."""
        asked = self._ask("optics")
        return hardware.optics(asked.value(asked.facts.optics))

    def get_interfaces(self) -> dict[str, Row]:
        """State of every interface."""
        asked = self._ask("interfaces")
        return ports.interfaces(asked.value(asked.facts.interfaces))

    def get_interfaces_counters(self) -> dict[str, Row]:
        """Errors and discards of every interface."""
        asked = self._ask("interfaces")
        return ports.counters(asked.value(asked.facts.interfaces))

    def get_interfaces_ip(self) -> dict[str, Row]:
        """Addresses of routed interfaces."""
        asked = self._ask("addresses")
        return ports.addresses(asked.value(asked.facts.addresses))

    def get_lldp_neighbors(self) -> dict[str, list[Row]]:
        """Neighbours by local port."""
        asked = self._ask("lldp")
        return ports.neighbors(asked.value(asked.facts.lldp))

    def get_lldp_neighbors_detail(self, interface: str = "") -> dict[str, list[Row]]:
        """Neighbours by local port, in NAPALM's longer form."""
        asked = self._ask("lldp")
        return ports.neighbors_detail(asked.value(asked.facts.lldp), interface)

    def get_arp_table(self, vrf: str = "") -> list[Row]:
        """ARP entries of every VRF."""
        if vrf:
            raise NotOfferedError("get_arp_table: not every platform says which VRF an entry belongs to")
        asked = self._ask("arp")
        return ports.arp(asked.value(asked.facts.arp))

    def get_mac_address_table(self) -> list[Row]:
        """MAC addresses and where they were learned."""
        asked = self._ask("macs")
        return ports.macs(asked.value(asked.facts.macs))

    def get_vlans(self) -> dict[int, Row]:
        """VLANs and the ports in them."""
        asked = self._ask("vlans")
        return ports.vlans(asked.value(asked.facts.vlans))

    def get_bgp_neighbors(self) -> dict[str, Row]:
        """BGP peers by VRF."""
        asked = self._ask("bgp")
        return services.bgp_neighbors(asked.value(asked.facts.bgp))

    def get_route_to(
        self,
        destination: str = "",
        protocol: str = "",
        longer: bool = False,  # noqa: FBT001, FBT002
    ) -> dict[str, list[Row]]:
        """Active routes to a destination."""
        asked = self._ask("routes")
        return services.routes_to(asked.value(asked.facts.routes), destination, protocol, longer=longer)

    def get_ntp_servers(self) -> dict[str, Row]:
        """Configured time sources."""
        asked = self._ask("ntp")
        return services.ntp_servers(asked.value(asked.facts.ntp))

    def get_ntp_stats(self) -> list[Row]:
        """Which time source the clock follows."""
        asked = self._ask("ntp")
        return services.ntp_stats(asked.value(asked.facts.ntp))

    def get_users(self) -> dict[str, Row]:
        """Local accounts."""
        asked = self._ask("users")
        return services.users(asked.value(asked.facts.users))

    def get_snmp_information(self) -> Row:
        """SNMP communities, without their names."""
        asked = self._ask("snmp")
        return services.snmp(asked.value(asked.facts.snmp))

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,  # noqa: FBT001, FBT002
        sanitized: bool = False,  # noqa: FBT001, FBT002
        format: str = "text",
    ) -> dict[str, str]:
        """Running and startup configuration, always with secrets hidden, whatever `sanitized` says.

        The candidate is empty: a session of ours never has one. Raises OptionError for an unknown
        `retrieve`.
        """
        if retrieve != "all" and retrieve not in RESTS_ON:
            raise OptionError(
                f"get_config: retrieve is {retrieve!r}, must be one of all, {', '.join(RESTS_ON)}"
            )
        if full or format != "text":
            raise NotOfferedError(
                "get_config: the devices print their configuration as text, without defaults"
            )
        stores = [store for store in RESTS_ON if retrieve in ("all", store)]
        asked = self._ask(*(fact for store in stores if (fact := RESTS_ON[store])))
        return {store: configuration.text(asked, store) if store in stores else "" for store in RESTS_ON}

    def _opened(self) -> Connection:
        if self.device is None:
            raise ConnectionClosedException(f"{self.hostname}: not open; call open() first")
        return self.device

    def _ask(self, *facts: str) -> Answered:
        return self._opened().ask(facts)

"""What a hardening plan needs to know of the customer's network: the baseline's section `hardening`."""

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Server = Annotated[str, Field(min_length=1)]


class HardeningValues(BaseModel):
    """Values that fill the remedies' placeholders; what is left out stays a placeholder in the plan."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    management_networks: tuple[IPv4Network, ...] = ()
    """From where devices may be managed, e.g. 192.0.2.0/24."""
    log_servers: tuple[str, ...] = ()
    ntp_servers: tuple[str, ...] = ()
    aaa_servers: tuple[str, ...] = ()
    snmp_managers: tuple[str, ...] = ()

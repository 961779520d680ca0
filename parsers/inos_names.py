"""INOS-CN: the one name of an interface."""

import re

_LONG = {"Eth": "Ethernet", "Po": "port-channel", "Lo": "loopback"}


def long_name(printed: str) -> str:
    """Give an interface's name as `show interface` prints it: `Eth1/1` is `Ethernet1/1`."""
    prefix = re.match(r"[A-Za-z-]*", printed)
    short = prefix[0] if prefix else ""
    return _LONG.get(short, short) + printed[len(short) :]

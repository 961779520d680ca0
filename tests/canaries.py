"""Secrets that tests plant, all of which begin alike, so that one search finds whichever got out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from collector.simulator.device import SimulatedDevice
from tests.parsers.test_masking import ENCIPHERED, WITH_SECRET

CANARY = "XJCANARY"
LOGIN = f"{CANARY}-LOGIN-1"
"""Password of the inspection account."""

FORMS: tuple[str, ...] = (
    *(line.format(f"{CANARY}-F{number}") for number, line in enumerate(WITH_SECRET)),
    *(f"x-feature {value.replace('Zx9canary1', CANARY)}" for value in ENCIPHERED),
)
"""Every form in which a configuration writes a secret, each with a canary."""

BLOCK = (
    "-----BEGIN RSA PRIVATE KEY-----",
    f"{CANARY}BLOCKAAAA",
    "-----END RSA PRIVATE KEY-----",
)

CONFIGURATIONS = frozenset({"display current-configuration", "show running-config"})
LOGS = frozenset({"display logbuffer", "show logging logfile", "show logging buffer"})

_DESCRIPTION = re.compile(r"(?m)^(\s*description ?:? ?\S.*)$", re.IGNORECASE)
_RECORD = re.compile(r"(?m)^(%|\{\{|\d{4} )(.*)$")


def planted(device: SimulatedDevice) -> SimulatedDevice:
    """Put canaries into the configuration, the log and every description of a simulated device."""
    return replace(device, outputs=_planted(device.outputs))


def _planted(outputs: Mapping[str, str]) -> dict[str, str]:
    return {command: _in_output(command, text) for command, text in outputs.items()}


def _in_output(command: str, text: str) -> str:
    text = _DESCRIPTION.sub(rf"\1 password: {CANARY}-DESC", text)
    if command in CONFIGURATIONS:
        before, last = (
            (text.removesuffix("return\n"), "return\n") if text.endswith("return\n") else (text, "")
        )
        return before + "".join(f"{line}\n" for line in (*FORMS, *BLOCK)) + last
    if command == "display fan":
        return text + f" Flux capacitor password cipher {CANARY}-UNREAD : Charging\n"
    if command in LOGS:
        return _RECORD.sub(rf'\1\2 (Command="snmp-agent community write {CANARY}-LOG")', text)
    return text


def leaks(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """Give what is around each canary that got out, by the text's name; a break in mid-word hides none."""
    found = {name: list(_around(text)) for name, text in texts.items()}
    return {name: places for name, places in found.items() if places}


def _around(text: str) -> Iterable[str]:
    joined = re.sub(r"\s+", "", text)
    return (joined[max(0, m.start() - 60) : m.end() + 10] for m in re.finditer(CANARY, joined))

from typing import Any

import pytest

from parsers.facts import Identity, LldpNeighbor, Optic, Reason, Software, Unknown
from tests.checks.case import SEEN, SOURCE, Case


def runs(version: str, name: str = "sw1", model: str = "DEMO-48") -> dict[str, Any]:
    return {
        "software": Software(seen=SEEN, os="DEMO", version=version),
        "identity": Identity(seen=SEEN, hostname=name, model=model),
    }


def versions(name: str, own: str, gives: str, peers: dict[str, Any], **more: Any) -> Case:
    return Case(check="VER-007", name=name, facts=runs(own), peers=peers, gives=(gives,), **more)


def module(kind: str | None, nm: float | None = None, port: str = "10GE1/0/1") -> Optic:
    return Optic(seen=SEEN, interface=port, type=kind, wavelength_nm=nm)


def hears(system: str, port: str = "10GE1/0/1") -> tuple[LldpNeighbor, ...]:
    return (LldpNeighbor(seen=SEEN, local_port="10GE1/0/1", remote_system=system, remote_port=port),)


def fit(name: str, mine: Optic, other: Any, *gives: str, **more: Any) -> Case:
    peers = {"sw2": {"optics": (other,) if isinstance(other, Optic) else other, "lldp": hears("sw1")}}
    facts = {"optics": (mine,), "lldp": more.pop("lldp", hears("sw2"))}
    return Case(check="OPT-007", name=name, facts=facts, peers=peers, gives=gives, **more)


SR, LR = module("10GBASE_SR", 850.0), module("10GBASE_LR", 1310.0)
PORT = "10GE1/0/1"
VERDICTS = {
    "VER-007": "pass, minor, not_applicable",
    "OPT-007": "pass, major, not_applicable, unsupported, cut",
}

CASES = [
    versions("alike", "R1", "pass", {"sw2": runs("R1", "sw2")}, says=("2 台",)),
    versions("apart", "R1", "fail minor", {"sw2": runs("R2", "sw2")}, says=("R1：sw1", "R2：sw2")),
    versions("told once, at the first", "R1", "not_applicable", {"sw2": runs("R2", "sw2")}, behind=True),
    versions("other models", "R1", "not_applicable", {"sw2": runs("R2", "sw2", "DEMO-24")}),
    versions("the only one", "R1", "not_applicable", {}, lost=("sw2",)),
    fit("a pair", SR, module("10G_BASE_SR_SFP", 850.0), f"pass {PORT}"),
    fit("a little apart", SR, module("10GBASE_SR", 860.0), f"pass {PORT}"),
    fit("short and long waves", SR, LR, f"fail major {PORT}", says=("850 nm", "1310 nm")),
    fit("two speeds", module("1000BASE_SX", 850.0), SR, f"fail major {PORT}", says=("速率不同",)),
    fit("known by the standard", SR, module("10Gbase-SR"), f"pass {PORT}"),
    fit(
        "both ways on one fibre", module("1000BASE_BX", 1310.0), module("1000BASE_BX", 1490.0), f"pass {PORT}"
    ),
    fit(
        "one fibre, one wave",
        module("1000BASE_BX", 1310.0),
        module("1000BASE_BX", 1310.0),
        f"fail major {PORT}",
    ),
    fit("one says no wavelength", SR, module("10GBASE"), f"not_assessed unsupported {PORT}"),
    fit("cables have none", module("10GBASE_CR"), module("10GBASE_CR"), "not_applicable"),
    fit("nobody saw the other", SR, Unknown(Reason.CUT, sources=(SOURCE,)), f"not_assessed cut {PORT}"),
    fit("told at the first", SR, LR, "not_applicable", behind=True),
    fit("a neighbour from outside", SR, LR, "not_applicable", lldp=hears("sw9"), behind=True),
    Case(check="OPT-007", name="no links", facts={"optics": (SR,), "lldp": ()}, gives=("not_applicable",)),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_verdict(case: Case) -> None:
    case.hold()

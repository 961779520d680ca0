from typing import Literal

from parsers.facts import IpSetting
from tests.checks.case import SEEN, Case

VERDICTS = {"CTL-005": "pass, info, info lacking, minor, minor lacking, not_applicable, unparsed"}
"""What the check can say of known facts: severities of fails, reasons of not assessed."""

Feature = Literal["redirects", "source_routes", "directed_broadcasts"]
REDIRECTS, ROUTES, BROADCASTS = "ICMP 重定向", "IP 源路由", "定向广播"


def row(feature: Feature, on: bool | None, *, said: bool = True, port: str = "Vlanif10") -> IpSetting:
    return IpSetting(seen=SEEN, interface=port, feature=feature, on=on, said=said)


def settings(name: str, rows: tuple[IpSetting, ...], *gives: str, says: tuple[str, ...] = ()) -> Case:
    """Features that `rows` does not name are off by default."""
    named = {setting.feature for setting in rows}
    features: tuple[Feature, ...] = ("redirects", "source_routes", "directed_broadcasts")
    others = tuple(row(feature, False, said=False) for feature in features if feature not in named)
    facts = {"ip_settings": (*rows, *others)}
    return Case(check="CTL-005", name=name, facts=facts, gives=gives, says=says)


OFF = (f"pass {REDIRECTS}", f"pass {ROUTES}", f"pass {BROADCASTS}")

CASES = [
    Case(check="CTL-005", name="no layer 3 interface", facts={"ip_settings": ()}, gives=("not_applicable",)),
    settings("all off by default", (), *OFF, says=("1 个三层口都不发送",)),
    settings("switched off", (row("redirects", False), row("source_routes", False)), *OFF),
    settings(
        "redirects are said",
        (row("redirects", True),),
        f"fail info {REDIRECTS}",
        *OFF[1:],
        says=("Vlanif10 配置为发送 ICMP 重定向",),
    ),
    settings(
        "redirects by default",
        (row("redirects", True, said=False),),
        f"fail info {REDIRECTS}",
        *OFF[1:],
        says=("Vlanif10 没有关闭，缺省发送",),
    ),
    settings(
        "source routes by default, on one interface off",
        (row("source_routes", True, said=False, port="Vlanif20"), row("source_routes", False)),
        OFF[0],
        f"fail minor {ROUTES}",
        OFF[2],
        says=("Vlanif20 没有关闭",),
    ),
    settings("source routes are said", (row("source_routes", True),), OFF[0], f"fail minor {ROUTES}", OFF[2]),
    settings(
        "directed broadcasts are said, and others come by default",
        (
            row("directed_broadcasts", True),
            row("directed_broadcasts", True, said=False, port="Vlanif20"),
            row("directed_broadcasts", None, said=False, port="Vlanif30"),
        ),
        *OFF[:2],
        f"fail minor {BROADCASTS}",
        says=("Vlanif10 配置为转发定向广播，另有 1 个",),
    ),
    settings(
        "very many interfaces",
        tuple(row("redirects", True, said=False, port=f"Vlanif{n}") for n in range(1, 41)),
        f"fail info {REDIRECTS}",
        *OFF[1:],
        says=("Vlanif8 等 40 个三层口",),
    ),
    settings(
        "nobody knows the default",
        (row("redirects", None, said=False), row("redirects", False, port="Vlanif20")),
        f"not_assessed unparsed {REDIRECTS}",
        *OFF[1:],
        says=("Vlanif10 没有写明",),
    ),
    settings(
        "all three unknown",
        (
            row("redirects", None, said=False),
            row("source_routes", None, said=False),
            row("directed_broadcasts", None, said=False),
        ),
        f"not_assessed unparsed {REDIRECTS}",
        f"not_assessed unparsed {ROUTES}",
        f"not_assessed unparsed {BROADCASTS}",
    ),
]

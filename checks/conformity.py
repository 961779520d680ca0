"""The configuration against what the customer wants: names, required and forbidden lines, leftovers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from checks.words import REASON_WORDS
from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import Identity, Unknown, Vlan


@check("CFG-004", "identity", also=("snmp",))
def naming(context: Context) -> list[Result]:
    """The device's name, and where SNMP says that it stands and who answers for it."""
    row: Identity = value_of(context.facts.identity)
    return [_name(row, context.params), *_place(context)]


def _name(row: Identity, params: Mapping[str, Any]) -> Result:
    if row.hostname.lower() in params["factory_names"]:
        return failed("", Severity.INFO, f"设备名 {row.hostname} 是出厂名称", row.seen)
    pattern = params["name_pattern"]
    if pattern is None:
        return passed("", f"设备名 {row.hostname}；基线没有登记命名规则，只核对是否为出厂名称", row.seen)
    if re.fullmatch(pattern, row.hostname) is None:
        return failed("", Severity.INFO, f"设备名 {row.hostname} 不符合命名规则 {pattern}", row.seen)
    return passed("", f"设备名 {row.hostname} 符合命名规则", row.seen)


def _place(context: Context) -> Iterator[Result]:
    fact = context.facts.snmp
    if isinstance(fact, Unknown):
        why = f"没有取得 SNMP 配置，不能核对位置与联系人：{REASON_WORDS[fact.reason]}"
        yield not_assessed(fact.reason, why, "location", *fact.sources)
        return
    snmp = fact.value
    said = (("location", "位置", snmp.location), ("contact", "联系人", snmp.contact))
    missing = [word for name, word, value in said if not value and name in context.params["wanted"]]
    if snmp.enabled and missing:
        yield lacking("location", Severity.INFO, f"SNMP 没有配置{'与'.join(missing)}", snmp.seen)


@check("CFG-005", "config")
def template(context: Context) -> list[Result]:
    """Each rule of the customer's template that is for this device's platform."""
    tree: ConfigTree = value_of(context.facts.config)
    member = context.fleet.get(context.device.name)
    platform = None if member is None else member.platform
    rules = [
        (rule, wanted)
        for name, wanted in (("required", True), ("forbidden", False))
        for rule in context.params[name]
        if not rule["platforms"] or platform in rule["platforms"]
    ]
    if not rules:
        return [not_applicable("基线没有登记该平台的配置模板（required、forbidden）")]
    return [_conforms(rule, tree, wanted=wanted) for rule, wanted in rules]


def _conforms(rule: Mapping[str, Any], tree: ConfigTree, *, wanted: bool) -> Result:
    found = list(_lines(rule, tree))
    where = f"（{rule['block']}）" if rule["block"] else ""
    what = f"{rule['line']}{where}"
    object_ = f"{'required' if wanted else 'forbidden'} {rule['name']}"
    if wanted and not found:
        return lacking(object_, Severity.MINOR, f"缺少模板要求的配置：{what}", tree.seen())
    if not wanted and found:
        said = f"存在模板禁止的配置 {len(found)} 处：{found[0].text}"
        return failed(object_, Severity.MINOR, said, tree.seen(*found))
    return passed(object_, f"{'有' if wanted else '没有'} {what}", tree.seen(*found))


def _lines(rule: Mapping[str, Any], tree: ConfigTree) -> Iterator[ConfigLine]:
    """Lines that match as a whole, in any block whose opening matches; at the top where none is named."""
    if not rule["block"]:
        yield from (line for line, _ in tree.find(rule["line"]))
        return
    for block, _ in tree.find(rule["block"]):
        yield from (line for line, _ in block.find(rule["line"]))


@check("CFG-006", "vlans", "interfaces")
def idle_vlans(context: Context) -> list[Result]:
    """VLANs without a port and without an interface of their own; access lists are DAT-007's."""
    rows: Sequence[Vlan] = value_of(context.facts.vlans)
    routed = {
        found[1]
        for row in value_of(context.facts.interfaces)
        if row.kind == "vlan" and (found := re.search(r"(\d+)$", row.name))
    }
    kept = context.params["keep_vlans"]
    idle = [row for row in rows if not row.ports and str(row.vlan) not in routed and row.vlan not in kept]
    if not idle:
        seen = context.facts.vlans.sources
        return [passed("", f"{len(rows)} 个 VLAN 都有端口或三层接口（保留的除外）", *seen)]
    shown = "、".join(str(row.vlan) for row in idle[:SHOWN])
    more = " 等" if len(idle) > SHOWN else ""
    said = f"{len(idle)} 个 VLAN 没有端口也没有三层接口：{shown}{more}"
    return [lacking("", Severity.INFO, said, *(row.seen for row in idle))]


SHOWN = 10

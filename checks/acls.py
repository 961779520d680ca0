"""Access lists: rules that do nothing, lists that nothing uses."""

from collections.abc import Iterator, Sequence

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, not_assessed, passed
from parsers.facts import Acl, AclRule, Reason


@check("DAT-006", "acls")
def acl_rules(context: Context) -> list[Result]:
    """Lists on traffic restrict something, and gateways keep out what worms come by."""
    rows = [acl for acl in value_of(context.facts.acls) if acl.on_traffic]
    gateway = context.device.role in context.params["roles"]
    if not rows and not gateway:
        return [not_applicable("没有用于业务流量的 ACL，清单中的角色也不是边界")]
    results = [_rules(acl) for acl in rows]
    if gateway:
        results.append(_ports(rows, context))
    return results


def _rules(acl: Acl) -> Result:
    name = f"ACL {acl.id}"
    if acl.rule_list is None:
        return not_assessed(Reason.UNPARSED, f"{name} 的规则没有读出", name, acl.seen)
    everything = next((n for n, rule in enumerate(acl.rule_list) if _matches_all(rule)), None)
    if everything is None:
        return passed(name, f"{name} 有 {acl.rules} 条规则，没有一条匹配全部流量", acl.seen)
    rule = acl.rule_list[everything]
    after = acl.rule_list[everything + 1 :]
    if everything == 0 and rule.action == "permit":
        said = f"{name} 的首条规则允许全部流量，其余 {len(after)} 条不起作用"
        return failed(name, Severity.MINOR, said, rule.seen)
    if after:
        said = f"{name} 第 {everything + 1} 条规则匹配全部流量，其后 {len(after)} 条不起作用"
        return failed(name, Severity.MINOR, said, rule.seen, *(each.seen for each in after))
    return passed(name, f"{name} 只有最后一条规则匹配全部流量", acl.seen)


def _matches_all(rule: AclRule) -> bool:
    return rule.protocol == "ip" and rule.any_source and rule.any_destination and rule.destination_ports == ()


def _ports(rows: Sequence[Acl], context: Context) -> Result:
    """Whether the ports that worms spread by are denied by some list on traffic."""
    wanted: tuple[int, ...] = context.params["ports"]
    name = "高危端口"
    if any(acl.rule_list is None for acl in rows):
        return not_assessed(Reason.UNPARSED, "有 ACL 的规则没有读出，不知道拒绝哪些端口", name)
    denied = set(_denied(rows))
    missing = [port for port in wanted if not any(low <= port <= high for low, high in denied)]
    seen = [acl.seen for acl in rows] or list(context.facts.acls.sources)
    if missing:
        said = f"用于业务流量的 ACL 没有拒绝端口 {'、'.join(map(str, missing))}"
        return lacking(name, Severity.MINOR, said, *seen)
    return passed(name, f"用于业务流量的 ACL 拒绝了端口 {'、'.join(map(str, wanted))}", *seen)


def _denied(rows: Sequence[Acl]) -> Iterator[tuple[int, int]]:
    for acl in rows:
        for rule in acl.rule_list or ():
            if rule.action == "deny" and rule.protocol in ("ip", "tcp", "udp"):
                yield from rule.destination_ports or ()


@check("DAT-007", "acls")
def unused_acls(context: Context) -> list[Result]:
    """Lists that nothing names are left over from something; whether rules are hit no device tells."""
    rows: tuple[Acl, ...] = value_of(context.facts.acls)
    if not rows:
        return [not_applicable("没有 ACL")]
    unused = [acl for acl in rows if not acl.used_in]
    if unused:
        return [_unused(acl) for acl in unused]
    said = f"{len(rows)} 个 ACL 都有引用；设备对没有命中与没有计数不加区别，命中不作判断"
    return [passed("", said, *(acl.seen for acl in rows))]


def _unused(acl: Acl) -> Result:
    name = f"ACL {acl.id}"
    return failed(name, Severity.INFO, f"{name} 有 {acl.rules} 条规则，但配置里没有任何地方引用", acl.seen)

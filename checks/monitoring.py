"""Network management systems: who may ask by SNMP, and who is told."""

from collections.abc import Sequence

from checks.check import Context, check, value_of
from checks.verdict import Result, Severity, failed, lacking, not_applicable, passed
from parsers.facts import Acl, Snmp, SnmpGroup, TrapHost, Unknown


@check("MGT-007", "snmp", "acls", also=("snmp_groups",))
def snmp_sources(context: Context) -> list[Result]:
    """SNMPv3 answers known addresses only, and the lists named really restrict.

    Platforms without groups restrict by user. Communities without a list are the matter of MGT-006: one
    cause, one finding.
    """
    row: Snmp = value_of(context.facts.snmp)
    known = context.facts.snmp_groups
    groups: tuple[SnmpGroup, ...] = () if isinstance(known, Unknown) else known.value
    if not row.enabled:
        return [not_applicable("SNMP 未启用")]
    used = _lists(row, groups)
    results = _useless(used, value_of(context.facts.acls), row)
    bare = [] if row.acl else _bare(row, groups)
    if bare:
        said = f"SNMPv3 的{_kind(groups)}有 {len(bare)} 个没有来源 ACL，也没有全局 ACL"
        results.append(failed("", Severity.MAJOR, said, *(each.seen for each in bare)))
    if results:
        return results
    if not used:
        return [not_applicable("没有 SNMPv3 组与用户；团体字的来源限制由 MGT-006 判定")]
    return [passed("", f"SNMP 的来源由 ACL {'、'.join(used)} 限定", row.seen)]


def _kind(groups: Sequence[SnmpGroup]) -> str:
    return "组" if groups else "用户"


def _bare(row: Snmp, groups: Sequence[SnmpGroup]) -> Sequence[SnmpGroup] | list[SnmpGroup]:
    """Groups without a list; where the platform restricts by user, or each user has one, the users."""
    if not row.users or all(user.acl for user in row.users):
        return []
    if groups:
        return [group for group in groups if group.acl is None]
    return [SnmpGroup(seen=user.seen, name="", security=user.security) for user in row.users if not user.acl]


def _lists(row: Snmp, groups: Sequence[SnmpGroup]) -> list[str]:
    named = [row.acl]
    named += [community.acl for community in row.communities]
    named += [group.acl for group in groups]
    named += [user.acl for user in row.users]
    return list(dict.fromkeys(name for name in named if name))


def _useless(used: Sequence[str], acls: Sequence[Acl], row: Snmp) -> list[Result]:
    rules = {acl.id: acl for acl in acls}
    found = []
    for name in used:
        if name not in rules:
            said = f"SNMP 引用的 ACL {name} 不存在"
            found.append(lacking(f"ACL {name}", Severity.MAJOR, said, row.seen))
        elif not rules[name].rules:
            said = f"SNMP 引用的 ACL {name} 没有规则"
            found.append(failed(f"ACL {name}", Severity.MAJOR, said, rules[name].seen))
    return found


@check("LOG-007", "trap_hosts")
def traps(context: Context) -> list[Result]:
    """Somebody is told when something happens, and not in clear."""
    hosts: tuple[TrapHost, ...] = value_of(context.facts.trap_hosts)
    if not hosts:
        said = "没有配置 SNMP Trap 目标，网管不会收到告警"
        return [lacking("", Severity.MINOR, said, *context.facts.trap_hosts.sources)]
    seen = [host.seen for host in hosts]
    plain = [host for host in hosts if host.version in ("v1", "v2c")]
    if len(plain) == len(hosts):
        return [failed("", Severity.INFO, f"Trap 目标 {len(hosts)} 个，都用 v1/v2c 明文发送", *seen)]
    unknown = sum(host.version is None for host in hosts)
    note = f"，其中 {unknown} 个未写明版本" if unknown else ""
    return [passed("", f"Trap 目标 {len(hosts)} 个{note}", *seen)]

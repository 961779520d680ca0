"""What configurations set in front of the processor: control plane policies."""

import re
from typing import Final

from parsers.config_tree import ConfigLine, ConfigTree
from parsers.facts import ControlPlane
from parsers.template import UnreadableError

_COMWARE_BLOCK: Final = r"control-plane(?: .*)?"
_OWN: Final = re.compile(r"copp profile |service-policy input copp-system-")


def comware(tree: ConfigTree) -> ControlPlane:
    """Read `qos apply policy X inbound` of control planes; predefined policies work where none is applied.

    H3C command reference, ACL and QoS: by default the predefined control plane QoS policies are applied.
    """
    applied = [
        (line, match[1])
        for block, _ in tree.find(_COMWARE_BLOCK)
        for line, match in block.find(r"qos apply policy (\S+) inbound")
    ]
    return _with(tree, applied, by_default=not applied)


def vrp(tree: ConfigTree) -> ControlPlane:
    """Read `cpu-defend-policy X [global]`; the policy `default` works where none is applied.

    Huawei command reference, local attack defense: a default policy is applied to every slot.
    """
    form = r"cpu-defend-policy (\S+)(?: .*)?"
    lines = [(line, match[1]) for line, match in tree.find(form)]
    lines += [(line, match[1]) for block, _ in tree.find(r"slot \S+") for line, match in block.find(form)]
    return _with(tree, lines, by_default=not lines)


def listed(tree: ConfigTree) -> ControlPlane:
    """Read `copp profile X`, or `service-policy input X` below `control-plane`.

    Raises UnreadableError where neither stands there: releases differ in what they print of their default.
    """
    lines = [(line, match[1]) for line, match in tree.find(r"copp profile (\S+)")]
    lines += [
        (line, match[1])
        for block, _ in tree.find(r"control-plane")
        for line, match in block.find(r"service-policy input (\S+)")
    ]
    off = [line for line, _ in tree.find(r"no copp profile.*")]
    if off:
        return ControlPlane(seen=tree.seen(*off), policies=(), default_policy=False)
    if not lines:
        raise UnreadableError(f"{tree.command}: neither a CoPP profile nor a policy of the control plane")
    return _with(tree, lines, by_default=all(_OWN.match(line.text) for line, _ in lines))


def _with(tree: ConfigTree, applied: list[tuple[ConfigLine, str]], *, by_default: bool) -> ControlPlane:
    names = tuple(dict.fromkeys(name for _, name in applied))
    seen = tree.seen(*(line for line, _ in applied))
    return ControlPlane(seen=seen, policies=names, default_policy=by_default)

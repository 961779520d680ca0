"""Access lists of a VRP configuration."""

import re

from parsers import acl_rules
from parsers.config_tree import ConfigTree
from parsers.facts import Acl


def acls(tree: ConfigTree) -> tuple[Acl, ...]:
    """Read ACLs; one that has both a number and a name comes once under each.

    IPv6 ACLs have their own numbers and come as `ipv6 2000`.
    """
    found = []
    mentioned = acl_rules.uses(tree, r"acl \S")
    for block, match in tree.find(r"acl (ipv6 )?((?:number |name )?[^\s]+.*)"):
        rules = list(block.find(r"rule (?:\d+ |name \S+ )*((?:permit|deny)\b.*)"))
        open_to_all = any(_permits_any(text[1]) for _, text in rules)
        names = _acl_names(match[2])
        places, on_traffic = acl_rules.of_names(mentioned, names)
        found += [
            Acl(
                seen=tree.seen(block, *(line for line, _ in rules)),
                id=(match[1] or "") + name,
                rules=len(rules),
                permits_any=open_to_all,
                rule_list=acl_rules.spoken_rules(block, tree),
                used_in=places,
                on_traffic=on_traffic,
            )
            for name in names
        ]
    return tuple(found)


def _acl_names(said: str) -> tuple[str, ...]:
    """Give the number and the name in `2000`, `number 2000 name x`, `name x 2000` or `name x basic`."""
    number = re.search(r"(?:^|number |name \S+ )(\d+)\b", said)
    name = re.search(r"\bname (\S+)", said)
    return tuple(match[1] for match in (number, name) if match)


_EVERY_SOURCE = re.compile(r"any\b|::/0|0\.0\.0\.0 (?:any|255\.255\.255\.255)")


def _permits_any(rule: str) -> bool:
    """Tell whether a rule lets every source in: `permit` alone, or any address with any mask."""
    source = re.search(r" source(?:-pool)? (\S+(?: \S+)?)", rule)
    return rule.startswith("permit") and (source is None or bool(_EVERY_SOURCE.match(source[1])))

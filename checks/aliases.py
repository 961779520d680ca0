"""One problem under all its numbers: bulletins, CVE and CNVD records of the same thing are put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from baselines.advisory import SEVERITIES, Advisory, Severity

_DATABASES: Final = ("CVE-", "CNVD-", "CNNVD-", "NVD-")


@dataclass(frozen=True)
class Problem:
    """Everything that is known of one problem."""

    advisories: tuple[Advisory, ...]

    @cached_property
    def head(self) -> Advisory:
        """The vendor's own bulletin, else the first."""
        own = (each for each in self.advisories if not each.id.upper().startswith(_DATABASES))
        return next(own, self.advisories[0])

    @cached_property
    def names(self) -> frozenset[str]:
        """All numbers, in capitals."""
        return frozenset(name for each in self.advisories for name in each.names())

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """The numbers beside the head's."""
        every = (name for each in self.advisories for name in (each.id, *each.aliases))
        return tuple(dict.fromkeys(name for name in every if name.upper() != self.head.id.upper()))

    @cached_property
    def vulnerability(self) -> bool:
        """A security problem: the source says so, or a database numbers it, or somebody scored it."""
        numbered = any(name.startswith(_DATABASES) for name in self.names)
        return numbered or any(each.kind == "漏洞" or each.scores for each in self.advisories)

    @cached_property
    def severity(self) -> Severity:
        """The worst word of all sources; 未定 where none has one."""
        return min((each.severity for each in self.advisories), key=SEVERITIES.index)

    @cached_property
    def cvss(self) -> float | None:
        """The head's base score, else the highest of the others; None where nobody scored."""
        if self.head.cvss is not None:
            return self.head.cvss
        return max((each.cvss for each in self.advisories if each.cvss is not None), default=None)

    @cached_property
    def remote(self) -> bool | None:
        """Whether it can be triggered over the network: yes where one source says so."""
        said = {each.remote for each in self.advisories}
        return True if True in said else False if False in said else None

    @cached_property
    def exploited(self) -> bool:
        """Listed as exploited."""
        return any(each.kev is not None for each in self.advisories)

    @cached_property
    def epss(self) -> float | None:
        """The highest probability of exploitation that is known, 0 to 1."""
        return max((each.epss.probability for each in self.advisories if each.epss), default=None)


def problems(advisories: Iterable[Advisory]) -> tuple[Problem, ...]:
    """Put together what shares a number, directly or over others; in the order of first mention."""
    members: dict[int, list[Advisory]] = {}
    group_of: dict[str, int] = {}
    for number, advisory in enumerate(advisories):
        names = set(advisory.names())
        joined = sorted({group_of[name] for name in names if name in group_of})
        home = joined[0] if joined else number
        members.setdefault(home, [])
        for other in joined[1:]:
            members[home] += members.pop(other)
        members[home].append(advisory)
        for each in (*members[home],) if len(joined) > 1 else (advisory,):
            group_of.update(dict.fromkeys(each.names(), home))
    return tuple(Problem(tuple(group)) for group in members.values())

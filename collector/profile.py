"""How much of what the checks need is really asked for: `light`, `normal` or `full`.

What a profile leaves out is left out on purpose: it is unknown, with the profile as the reason, and
never looks like something that was seen or that failed.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from collector.platform import Platform, Step


class ProfileName(StrEnum):
    """The profiles there are."""

    LIGHT = "light"
    NORMAL = "normal"
    FULL = "full"


class Profile(BaseModel):
    """What one profile asks for; `profiles.yaml` holds them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    """Its name as reports print it."""
    scope: str
    """What it asks for and what it leaves out, in one sentence, as reports print it."""
    facts: tuple[str, ...] | None
    """The only facts that it asks for; None: every fact that the checks need."""
    heavy: bool
    """It also sends the commands that a platform calls heavy."""
    sampled: bool
    """It asks twice for what holds counters."""
    graded: bool
    """It looks at enough for a score."""

    def wanted(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Give those of these facts that it asks for."""
        return tuple(fact for fact in facts if self.facts is None or fact in self.facts)

    def asks(self, platform: Platform, step: Step) -> bool:
        """Tell whether it sends the commands of a step."""
        return self.heavy or not platform.is_heavy(step)

    def commands(self, platform: Platform, facts: Iterable[str]) -> tuple[str, ...]:
        """Every command that may be sent to such a device for these facts, in a stable order."""
        return platform.commands(self.wanted(facts), heavy=self.heavy)

    def left_out(self, platform: Platform, fact: str) -> tuple[str, ...]:
        """Give the commands for want of which a fact of this platform is unknown; none: it is asked for."""
        steps = platform.facts.get(fact, ())
        if self.facts is not None and fact not in self.facts:
            return tuple(step.any_of[0] for step in steps)
        return tuple(step.any_of[0] for step in steps if not self.asks(platform, step))


@cache
def profiles() -> dict[ProfileName, Profile]:
    """Every profile by name."""
    text = (files("collector") / "profiles.yaml").read_text("utf-8")
    return TypeAdapter(dict[ProfileName, Profile]).validate_python(yaml.safe_load(text))

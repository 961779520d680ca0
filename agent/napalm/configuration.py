"""The device's configurations as text, secrets hidden."""

from agent.napalm.connection import Answered
from collector.asking import steps_of
from collector.platform import Platform

RESTS_ON = {"running": "config", "startup": "saved_state", "candidate": None}
"""NAPALM's configuration stores, and the fact that tells whether each was read; the candidate is nobody's."""


def text(asked: Answered, store: str) -> str:
    """Give one store as the device prints it, secrets hidden; the candidate is empty.

    Raises what `Answered.value` raises when the store could not be read as a configuration.
    """
    fact = RESTS_ON[store]
    if fact is None:
        return ""
    asked.value(getattr(asked.facts, fact))
    return asked.masked(_command(asked, store))


def _command(asked: Answered, store: str) -> str:
    """Which answered command printed it. What is saved stands beside what is running, to be compared."""
    running = _commands(asked.platform, "config")
    if store == "running":
        wanted = running
    else:
        wanted = [command for command in _commands(asked.platform, "saved_state") if command not in running]
    return next(command for command in wanted if command in asked.complete)


def _commands(platform: Platform, fact: str) -> list[str]:
    return [command for step in steps_of(platform, (fact,)) for command in step.any_of]

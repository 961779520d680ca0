"""Rows of a baseline: configuration and licences."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from baselines.parameters.fields import AtLeastZero, Count, Percent, Row, Words


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"must be a regular expression: {error}") from error
    return pattern


Expression = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]


class SavedSections(Row):
    """Openings of top-level blocks that matter for forwarding and access."""

    major_sections: Words


class Backups(Row):
    """Days that may have passed since the last good backup."""

    age_max_days: Count


class Naming(Row):
    """Names from the factory; the form that names must have; what SNMP must say."""

    factory_names: Words
    name_pattern: Expression | None
    wanted: tuple[Literal["location", "contact"], ...]


class ConfigRule(Row):
    """One line of a template: it must match a line as a whole, in a block whose opening `block` matches."""

    name: Annotated[str, Field(min_length=1)]
    """Short and lasting: part of the problem's identity."""
    line: Expression
    block: Expression | None = None
    """None: a line at the top."""
    platforms: tuple[str, ...] = ()
    """Ids of platforms; empty: all."""


class Template(Row):
    """What must stand in a configuration, and what must not."""

    required: tuple[ConfigRule, ...]
    forbidden: tuple[ConfigRule, ...]


class Leftovers(Row):
    """VLANs that may be without ports."""

    keep_vlans: tuple[Annotated[int, Field(ge=1, le=4094)], ...]


class Changes(Row):
    """Days looked at; mnemonics of records of a change."""

    window_d: Annotated[AtLeastZero, Field(gt=0)]
    change_mnemonics: Annotated[Words, Field(min_length=1)]


class Expiry(Row):
    """Days before the end; words in a state: only a trial, used by nobody, over."""

    days_warn: Count
    days_crit: Count
    trial_words: Words
    unused_words: Words
    expired_words: Words


class LicensedResources(Row):
    """Percent of what is licensed."""

    warn_pct: Percent
    full_pct: Percent


class Trials(Row):
    """Words in a state that is only a trial; words for a licence nobody uses."""

    trial_words: Words
    unused_words: Words


ROWS: dict[str, type[Row]] = {
    "CFG-001": SavedSections,
    "CFG-002": Backups,
    "CFG-003": Row,
    "CFG-004": Naming,
    "CFG-005": Template,
    "CFG-006": Leftovers,
    "CFG-007": Changes,
    "LIC-001": Expiry,
    "LIC-002": LicensedResources,
    "LIC-003": Row,
    "LIC-004": Trials,
}

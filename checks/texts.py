"""Reading the catalogue: what reports and the command line say about each check."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from checks.inspection import CheckText

_GROUP_FILES = (
    "environment",
    "hardware",
    "system",
    "versions",
    "interfaces",
    "optics",
    "switching",
    "routing",
    "redundancy",
    "logs",
    "clock",
    "management",
    "configuration",
)
"""Files of `checks/catalogue/`, one for each group, in the order of the report."""


@cache
def check_texts() -> Mapping[str, CheckText]:
    """Every check's text by id, in catalogue order; raises pydantic's error when a file is malformed."""
    texts = [text for name in _GROUP_FILES for text in _read(name)]
    return {text.id: text for text in texts}


def _read(name: str) -> tuple[CheckText, ...]:
    text = (files("checks") / "catalogue" / f"{name}.yaml").read_text("utf-8")
    return TypeAdapter(tuple[CheckText, ...]).validate_python(yaml.safe_load(text))

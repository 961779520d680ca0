"""Reading the catalogue: what reports and the command line say about each check."""

import re
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
    "control_plane",
    "data_plane",
    "configuration",
    "licences",
)
"""Files of `checks/catalogue/`, one for each group, in the order of the report."""


_WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_FOLD = re.compile(f"(?<={_WIDE}) (?={_WIDE})")


@cache
def check_texts() -> Mapping[str, CheckText]:
    """Every check's text by id, in catalogue order; raises pydantic's error when a file is malformed."""
    texts = [text for name in _GROUP_FILES for text in _read(name)]
    return {text.id: text for text in texts}


def _read(name: str) -> tuple[CheckText, ...]:
    text = (files("checks") / "catalogue" / f"{name}.yaml").read_text("utf-8")
    entries = [{key: _unfolded(value) for key, value in entry.items()} for entry in yaml.safe_load(text)]
    return TypeAdapter(tuple[CheckText, ...]).validate_python(entries)


def _unfolded(value: object) -> object:
    """Take out the space that YAML puts where a folded line of Chinese goes on."""
    return _FOLD.sub("", value) if isinstance(value, str) else value

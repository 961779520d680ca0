"""Our own YAML form (`docs/advisories.md`), which people write: read strictly, all errors at once."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats.own_form import WrittenFile
from baselines.advisory import AdvisoryFile
from baselines.explanation import explained


def load_advisories(path: Path) -> AdvisoryFile:
    """Read one file of advisories.

    Raises AdvisoryError naming file, place, value and what was expected, for all errors at once.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AdvisoryError(str(path), [f"cannot be read: {error}"]) from error
    return _loaded(str(path), text)


def builtin_advisories() -> AdvisoryFile:
    """The fictional advisories of the demo, used when no file is named."""
    return _loaded("demo.yaml", (files("baselines") / "advisories" / "demo.yaml").read_text("utf-8"))


def _loaded(file: str, text: str) -> AdvisoryFile:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise AdvisoryError(file, [f"no valid YAML: {error}"]) from error
    try:
        return WrittenFile.model_validate(_as_tuples(data)).meant(file)
    except ValidationError as error:
        raise AdvisoryError(file, explained("", WrittenFile, error)) from error


def _as_tuples(data: Any) -> Any:
    """YAML knows lists only; strict fields are tuples."""
    if isinstance(data, Mapping):
        return {key: _as_tuples(value) for key, value in data.items()}
    return tuple(_as_tuples(item) for item in data) if isinstance(data, list) else data

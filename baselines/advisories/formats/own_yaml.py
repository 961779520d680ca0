"""Our own YAML form (`docs/advisories.md`), which people write: read strictly, all errors at once."""

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from baselines.advisories.errors import AdvisoryError
from baselines.advisories.formats.own_form import WrittenFile
from baselines.advisories.reading import Feed, whole_bytes
from baselines.advisory import AdvisoryFile
from baselines.explanation import explained


def read(path: Path) -> Feed:
    """Read one file; raises AdvisoryError naming file, place, value and what was expected, all at once."""
    file = load_advisories(path)
    return Feed(file.name, "own_yaml", str(path), iter(file.advisories), as_of=file.as_of, note=file.note)


def load_advisories(path: Path) -> AdvisoryFile:
    """Read one file of advisories.

    Raises AdvisoryError naming file, place, value and what was expected, for all errors at once.
    """
    try:
        text = whole_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise AdvisoryError(str(path), [f"cannot be read: {error}"]) from error
    return _loaded(str(path), text)


def load_packaged(file: Traversable) -> AdvisoryFile:
    """Read a file that is shipped with the program."""
    return _loaded(file.name, file.read_text("utf-8"))


def _loaded(file: str, text: str) -> AdvisoryFile:
    try:
        data = _as_tuples(yaml.safe_load(text), count())
    except RecursionError as error:
        raise AdvisoryError(file, ["no valid YAML: nested too deeply, or into itself"]) from error
    except yaml.YAMLError as error:
        raise AdvisoryError(file, [f"no valid YAML: {error}"]) from error
    try:
        return WrittenFile.model_validate(data).meant(file)
    except ValidationError as error:
        raise AdvisoryError(file, explained("", WrittenFile, error)) from error


_MOST_VALUES = 2_000_000


def _as_tuples(data: Any, values: Iterator[int]) -> Any:
    """YAML knows lists only; strict fields are tuples.

    Raises YAMLError where aliases (`*name`) make more of a few lines than anybody writes.
    """
    if next(values) > _MOST_VALUES:
        raise yaml.YAMLError(f"more than {_MOST_VALUES} values, by aliases")
    if isinstance(data, Mapping):
        return {key: _as_tuples(value, values) for key, value in data.items()}
    return tuple(_as_tuples(item, values) for item in data) if isinstance(data, list) else data

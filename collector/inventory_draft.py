"""An inventory as it was written, before validation: plain data, and where each piece of it stands."""

import re
from dataclasses import dataclass, field
from typing import Any

from collector.errors import InventoryProblem

Path = tuple[str | int, ...]
"""Keys and indexes from the root, as in pydantic's error locations."""

_SECRET_KEY = re.compile(
    r"pass(?!word_(?:env|keyring|command)|phrase_env)|pwd|secret|密码(?!环境变量)|口令", re.IGNORECASE
)
HIDDEN = "***"
WHERE_IT_BELONGS = (
    "passwords do not belong in an inventory: delete this and say in password_env (密码环境变量), "
    "password_keyring or password_command where it is, or leave these out to be asked at the terminal"
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file that a person can find; ordered as they come in the file."""

    order: tuple[int, ...]
    text: str
    """`line 31`, `设备!F3`."""


@dataclass(slots=True)
class Draft:
    """What a reader of one file format made of a file."""

    file: str
    path_shown: bool
    """Say the path inside the data too (YAML); in a table the cell says it all."""
    data: dict[str, Any] = field(default_factory=dict)
    """In the shape of `Inventory`, with an optional `defaults` in each site; values are strings."""
    places: dict[Path, Place] = field(default_factory=dict)
    origins: dict[Path, Path] = field(default_factory=dict)
    """Where a value came from that was filled in from a site's defaults."""
    problems: list[tuple[Place, InventoryProblem]] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where this stands, or the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Place((0,), "")

    def report(self, path: Path, value: object, expected: str) -> None:
        """Note what is wrong at a path."""
        path = self.origins.get(path, path)
        place = self.place(path)
        spoken = spell(path) if self.path_shown else ""
        where = f"{spoken} ({place.text})" if spoken and place.text else spoken or place.text
        self.report_at(place, where, value, expected)

    def report_at(self, place: Place, where: str, value: object, expected: str) -> None:
        """Note what is wrong at a place that belongs to no path."""
        problem = InventoryProblem(file=self.file, place=where, value=shown(value), expected=expected)
        if (place, problem) not in self.problems:
            self.problems.append((place, problem))


def is_secret_key(key: str) -> bool:
    """Tell whether a key or column is one where people write passwords."""
    return _SECRET_KEY.search(key) is not None


def spell(path: Path) -> str:
    """Write a path as `sites[0].devices[2].port`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def shown(value: object) -> str:
    """Show a wrong value shortly; never one that may hold a password, as `user:password@host` does."""
    if value is None or isinstance(value, dict | list):
        return ""
    text = str(value)
    return HIDDEN if text == HIDDEN or "@" in text else repr(text[:60])

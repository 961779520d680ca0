r"""CPE 2.3 and 2.2 names: parts unbound, as NISTIR 7695 has them, and which versions they mean.

Only what advisories of network devices need: vendor, product, version, update. `*` is ANY, `-` is NA.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

ANY, NA = "*", "-"
_FIELDS = 6
_SPLIT = re.compile(r"(?<!\\):")


@dataclass(frozen=True, slots=True)
class Cpe:
    """One name; every part as it is meant, without escapes."""

    part: str
    """a, o or h."""
    vendor: str
    product: str
    version: str
    update: str

    @property
    def said_version(self) -> str:
        """Version with its update, as one text."""
        return self.version if self.update in (ANY, NA, "") else f"{self.version}{self.update}"


def parse_cpe(name: str) -> Cpe | None:
    """Read a name; None for what is none."""
    if name.startswith("cpe:2.3:"):
        parts = [re.sub(r"\\(.)", r"\1", part) for part in _SPLIT.split(name)[2:]]
    elif name.startswith("cpe:/"):
        parts = [unquote(part) or ANY for part in name[5:].split(":")]
    else:
        return None
    parts += [ANY] * (_FIELDS - len(parts))
    return Cpe(*parts[:5]) if parts[0] in ("a", "o", "h", ANY) else None

"""Version numbers of each vendor, read and compared by the scheme that the platform file names."""

from collections.abc import Callable, Mapping
from typing import Final

from parsers.versions import h3c, huawei, inos6, inspur
from parsers.versions.version import (
    Comparison,
    IncomparableError,
    Order,
    Version,
    VersionError,
    compare,
    explain,
)

__all__ = [
    "Comparison",
    "IncomparableError",
    "Order",
    "Version",
    "VersionError",
    "compare",
    "explain",
    "find_patch",
    "parse_version",
]

_BASE: Final[Mapping[str, Callable[[str], Version]]] = {
    "huawei_vrp": huawei.parse_base,
    "h3c_comware": h3c.parse_base,
    "inos_cn": inspur.parse_base,
    "inos6": inos6.parse_base,
}
_PATCH: Final[Mapping[str, Callable[[str], Version | None]]] = {
    "huawei_vrp": huawei.find_patch,
    "h3c_comware": h3c.find_patch,
}


def parse_version(scheme: str, text: str) -> Version:
    """Read the version of a software release; raises VersionError, also for an unknown scheme."""
    if scheme not in _BASE:
        raise VersionError(f"没有名为 {scheme!r} 的版本编号规则，可用的有 {'、'.join(_BASE)}")
    return _BASE[scheme](text)


def find_patch(scheme: str, name: str) -> Version | None:
    """Find the patch version in the name of a patch or its file.

    None where the name holds none, and for schemes whose patches have no numbers of their own.
    """
    return _PATCH[scheme](name) if scheme in _PATCH else None

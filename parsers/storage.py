"""What a storage is, by the name that a device gives it."""

import re
from typing import Final, Literal

Kind = Literal["flash", "harddisk", "removable", "other"]

_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    (r"usb|sd|slot\d*:", "removable"),
    (r"hd|disk|harddisk", "harddisk"),
    (r"\w*flash|cf", "flash"),
)


def kind_of(name: str) -> Kind:
    """Tell the kind of `flash:`, `slot2#usba0:`, `bootflash:` or `cfcard:`, which devices boot from."""
    own = name.rsplit("#", 1)[-1].lower()
    return next((kind for form, kind in _KINDS if re.match(form, own)), "other")

"""Software files and patches as Comware 5 prints them."""

from parsers.comware_rows import rows_of
from parsers.comware_system import startup_with
from parsers.facts import Location, Patch, Startup
from parsers.reader import Outputs
from parsers.template import Row, UnreadableError


def startup(outputs: Outputs) -> Startup:
    """Read start-up configurations, and the boot file of the first slot printed, now and next."""
    images = rows_of(outputs.need("display boot-loader"))
    first = [image for image in images if image["SLOT"] == images[0]["SLOT"]]
    current = next((image["IMAGE"] for image in first if image["LIST"] in {"this", "current"}), None)
    following = next((image["IMAGE"] for image in first if _is_next_main(image)), None)
    return startup_with(outputs, current, following)


def _is_next_main(image: Row) -> bool:
    return image["LIST"] == "main" or (image["LIST"], image["ATTRIBUTE"]) == ("next", "main")


def patches(outputs: Outputs) -> tuple[Patch, ...]:
    """Read the patches of every slot, which are counted by state and not named one by one.

    RUNNING survives a restart; ACTIVE falls back to DEACTIVE (H3C command reference, Fundamentals,
    patch management). One row stands for all patches of a slot: it is effective when all are RUNNING.
    """
    rows = rows_of(outputs.need("display patch information"))
    return tuple(_patch(row) for row in rows if row.integer("CURRENT"))


def _patch(row: Row) -> Patch:
    total, active, running = (row.integer(name) or 0 for name in ("CURRENT", "ACTIVE", "RUNNING"))
    idle = total - active - running
    if idle < 0:
        raise UnreadableError(f"display patch information: more states than patches in slot {row['SLOT']}")
    counted = (("RUNNING", running), ("ACTIVE", active), ("DEACTIVE", idle))
    return Patch(
        seen=row.seen,
        name=row["VERSION"],
        state=", ".join(f"{count} {word}" for word, count in counted if count),
        effective=running == total,
        location=Location(slot=row["SLOT"]),
    )

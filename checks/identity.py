"""Which device is which, from one inspection to the next."""

from parsers.facts import Facts, Unknown


def serial_numbers(facts: Facts) -> frozenset[str]:
    """Give the serial numbers that make it this piece of hardware: of its chassis, else of its boards.

    Several for a stack; none where the device was not asked or does not print them.
    """
    if isinstance(facts.inventory, Unknown):
        return frozenset()
    modules = facts.inventory.value
    for kind in ("chassis", "board"):
        if found := frozenset(m.serial for m in modules if m.kind == kind and m.serial):
            return found
    return frozenset()

"""Where `napalm.get_network_driver("xunjian_napalm")` finds the driver: installed as the module of that name.

NAPALM looks for drivers among top-level modules only, and takes the first driver class that it finds in
one, so nothing else may be imported here. A name that began with `napalm` would break NAPALM's own
command, which takes every such module for a distribution of its own.
"""

from agent.napalm.driver import XunjianDriver

__all__ = ["XunjianDriver"]

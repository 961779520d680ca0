"""Where `napalm.get_network_driver("xunjian")` finds the driver: installed as the module `napalm_xunjian`.

NAPALM takes the first driver class that it finds in the module, so nothing else may be imported here.
"""

from agent.napalm.driver import XunjianDriver

__all__ = ["XunjianDriver"]

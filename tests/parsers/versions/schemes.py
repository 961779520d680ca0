"""Short names of the version schemes and of the orders of two versions."""

from parsers.versions import (
    Order,
)

HUAWEI, H3C, INSPUR, INOS6 = "huawei_vrp", "h3c_comware", "inos_cn", "inos6"
LESS, EQUAL, GREATER, NONE = Order.LESS, Order.EQUAL, Order.GREATER, Order.INCOMPARABLE
MIRROR = {LESS: GREATER, GREATER: LESS, EQUAL: EQUAL, NONE: NONE}

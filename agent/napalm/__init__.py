"""Our platforms as one NAPALM driver: the facts in NAPALM's shapes, over our own read-only sessions.

Nothing here is imported by the command line.
"""

"""The store of all inspections: what was found, measured and decided, over years."""

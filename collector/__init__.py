"""Getting text, read-only, from devices or from files."""

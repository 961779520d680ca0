"""The documents about software versions: the list of versions and the version evaluation report."""

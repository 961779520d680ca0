"""Running it: the command line and one run from end to end."""

"""What ought to be, as validated data: thresholds, required states, advisories."""

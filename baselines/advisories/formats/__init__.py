"""Forms that advisories come in, a file each: `read` makes `Advisory` of what it finds there."""

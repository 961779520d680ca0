"""Turning what switches print into vendor-neutral facts; the only place that knows vendor output."""

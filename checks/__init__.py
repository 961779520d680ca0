"""Judging facts against baselines: pure functions, no input or output."""

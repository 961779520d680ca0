"""Advisories as they come from feeds and people: reading, merging and keeping them."""

"""Telling an inspection to people: PDF, workbook, JSON."""

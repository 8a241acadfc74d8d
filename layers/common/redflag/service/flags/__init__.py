"""Flags: what staff decide about them, the report, the summary and the counts behind it."""

"""Flags over HTTP: the queue, decisions, the red flag report and the summary."""

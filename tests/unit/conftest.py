"""Hypothesis runs the same examples every time, on fast and slow machines alike."""

from hypothesis import settings

settings.register_profile("unit", derandomize=True, deadline=None, database=None, max_examples=100)
settings.load_profile("unit")

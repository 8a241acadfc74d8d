"""Redflag: check-in integrity for loyalty programmes."""

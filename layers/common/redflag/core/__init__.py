"""The pure core: rules, decisions, flags, opening hours.

Everything here imports the standard library and this package only. It knows no clock, no
environment and no AWS: the caller gathers the state, the core decides, the caller applies.
"""

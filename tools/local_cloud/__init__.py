"""The whole stack on this machine: the real template, deployed by the real `sam deploy` to an AWS emulator.

`make up`, `down`, `reset`, `logs` and `token` call it; tests use `local_cloud.temporary`.
"""

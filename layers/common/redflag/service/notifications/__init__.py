"""Notifications: new flags wait, become a digest, and are mailed to a program's recipients."""

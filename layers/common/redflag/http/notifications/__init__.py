"""Notifications over HTTP: their status, a test mail, and the page to unsubscribe."""

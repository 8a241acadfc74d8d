"""Check-ins over HTTP: one, or a batch of an import."""

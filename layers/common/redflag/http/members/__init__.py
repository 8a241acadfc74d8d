"""Members over HTTP: enrolled, listed, looked at, exported, erased; point edits; the login gate."""

"""Members: enrolled, looked up, changed and erased; and the login gate."""

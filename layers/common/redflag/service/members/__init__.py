"""Members: enrolled, looked up, changed and erased, let through the login gate or not."""

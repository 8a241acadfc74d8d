"""The platform's support over HTTP: programs, and numbers blocked in all of them."""

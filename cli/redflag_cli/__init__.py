"""The `redflag` command: Redflag's rules on files, and a client that imports check-ins."""

"""What Redflag does, one module a job: gather from the store, decide in the core, write once."""

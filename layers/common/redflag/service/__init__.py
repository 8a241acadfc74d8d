"""What Redflag does, one module for each job: read from the store, decide in the core, write once."""

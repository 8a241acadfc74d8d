"""What a program's owner looks after, over HTTP: settings, locations, staff, app clients."""

"""What a program's owner manages, over HTTP: settings, locations, staff, app clients."""

"""What a program's owner looks after: settings, locations, staff, app clients; and the program itself."""

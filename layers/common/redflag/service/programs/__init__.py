"""What a program's owner manages: settings, locations, staff, app clients; and the program itself."""

"""The areas of the window; each is handed values and tells what the person asked for."""

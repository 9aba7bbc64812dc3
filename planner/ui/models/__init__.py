"""Qt's view of the core's values."""

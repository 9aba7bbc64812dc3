"""A user's own files, read as untrusted input: headers only, bounded, nothing executed."""

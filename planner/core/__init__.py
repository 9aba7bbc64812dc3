"""The domain: pure functions and frozen values. No Qt, no files, no clock, no environment."""

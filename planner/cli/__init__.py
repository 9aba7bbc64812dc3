"""The command line: shows what the session answers, and computes nothing itself."""

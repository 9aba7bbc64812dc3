"""One package or module a runtime: what a plan takes there, line by line."""

"""Charts and diagrams as plain marks with roles for colours: painted, written or printed."""

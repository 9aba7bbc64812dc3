"""The fit report: what the window and the command line answered, as a file to hand on."""

"""What this computer has: GPUs through their drivers, RAM through the operating system."""

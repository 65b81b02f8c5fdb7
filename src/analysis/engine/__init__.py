"""One notebook: read, and executed."""

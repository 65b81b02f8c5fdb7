"""One notebook, executed."""

"""What was published -> checked tables."""

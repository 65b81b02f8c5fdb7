"""Published files -> rows of the tidy tables, each figure with its file, sheet and cell."""

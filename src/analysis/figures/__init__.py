"""Tables -> figures: a page in inches, text measured before it is placed."""

"""Tables -> figures, sentences and HTML."""

"""Tables -> tables: pure functions, no files, no figures."""

"""What a run tells a notebook, by environment variables."""

REPORT_VARIABLE = "SOSEI_REPORT"  # the report's path without an ending, in its work folder
READS_VARIABLE = "SOSEI_READS"  # a file to which `load` adds what it was asked for

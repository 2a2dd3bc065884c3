"""The command line: for scripts and for rescue; it never imports Qt."""

"""Edit source files where one answer is right: `--fix`, `rename`, `translate`."""

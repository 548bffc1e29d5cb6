"""The command line: arguments in, exit code out.

Exit codes: 0 all is well; 1 problems in the content; 2 wrong use (arguments or configuration); 3 a failure of the
machine (disk full, no right to write, builder failed).
"""

from stufenweise.cli.main import main

__all__ = ["main"]

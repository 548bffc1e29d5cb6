"""`python -m stufenweise`: the same commands as `stufenweise`."""

from stufenweise.cli import main

if __name__ == "__main__":
    main(prog_name="stufenweise")

"""`python -m generator`: the same commands as `stufenweise`."""

from generator.cli import main

if __name__ == "__main__":
    main(prog_name="stufenweise")

"""`python -m isegoria` is the command `isegoria`."""

from isegoria.cli import main

main()

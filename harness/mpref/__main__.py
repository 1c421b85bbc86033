"""`python -m mpref` is the command `mpref`."""

from mpref.cli import main

main()

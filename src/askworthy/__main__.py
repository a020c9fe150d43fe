"""`python -m askworthy` in; the command line out."""

from askworthy.cli import main

main()

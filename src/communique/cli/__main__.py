"""`python -m communique.cli`: the same as `communique`."""

from communique.cli import main

main()

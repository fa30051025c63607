"""``python -m icsassess`` is the same as the command ``icsassess``."""

from icsassess.cli import main

if __name__ == "__main__":
    main()

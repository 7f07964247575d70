"""`python -m luoshi_cli` does what `luoshi` does."""

from luoshi_cli.main import main

if __name__ == "__main__":
    main()

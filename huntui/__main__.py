"""`python -m huntui` is `huntui`."""

from huntui.cli.main import main

if __name__ == "__main__":
    main()

"""What can't be done, said to a person."""


class Failure(Exception):
    """An English source sentence with the parts that fill its places."""

    def __init__(self, message: str, **parts: str) -> None:
        super().__init__(message)
        self.message, self.parts = message, parts

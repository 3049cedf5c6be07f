"""What can go wrong with kinds: a file that cannot be used, and work that fails as expected."""


class KindsError(Exception):
    """The catalogue of kinds cannot be used. The message names the file, the key and what is allowed."""


class WorkError(Exception):
    """The work failed, and the message says why in words for the person who reads the task.

    With `final` it is not tried again: trying again cannot help.
    """

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final

"""The one error a user of this package has to know."""


class DataError(ValueError):
    """Something in the data, a notebook or a request is not as it must be.

    The message says where, what was found and what to write instead. It holds all
    problems of one kind, one a line, and is meant to be shown as it is.
    """

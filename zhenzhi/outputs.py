"""What a notebook puts out: for any viewer, and beside it what only the book reads."""

import os

#: Environment variable under which the book's own types are left out. A downloaded notebook sets it in its first cell, so
#: that running it again puts out what it holds.
PORTABLE = "ZHENZHI_PORTABLE"


def bundle(own: dict, common: dict) -> dict:
    """A MIME bundle.

    Args:
        own: content in the book's own MIME types.
        common: content in types that other viewers know.
    """
    return common if os.environ.get(PORTABLE) else {**own, **common}

"""Zhenzhi: town governance in the Pearl River Delta, claim by claim.

The package reads in one direction: ``tables`` loads the data package, ``quantity`` reads each figure as an interval,
``audit`` checks the figures against each other, ``edition`` puts them into words in one language, ``charts``,
``diagrams`` and ``panels`` draw them, ``explorer`` lists them, ``citing`` cites them, ``sphinxext`` sets them in the book,
and ``publishing`` builds and serves it. ``sources`` checks the claims against the source texts, ``prose`` the chapters for
typed numbers.
"""

#: Version and date of the book and of the package, here and nowhere else; `python -m zhenzhi citation-files` writes them on.
__version__ = "0.1.0"
__date__ = "2026-11-21"

#: The MIME type under which a chart leaves its notebook and reaches the Sphinx extension.
FIGURE_MIME_TYPE = "application/vnd.zhenzhi.figure+json"

#: The MIME type of the claims explorer.
EXPLORER_MIME_TYPE = "application/vnd.zhenzhi.explorer+json"

#: Marks in the page of changes between which a release puts what changed.
CHANGES_MARKS = ("<!-- changes -->", "<!-- /changes -->")

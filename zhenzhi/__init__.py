"""Zhenzhi: town governance in the Pearl River Delta, claim by claim.

The package reads in one direction: ``amounts`` reads a figure as its wording allows, ``data`` loads the data package and
holds it against its contract and the source texts, ``audit`` checks the figures against each other, ``book`` puts them into
words in one language, ``charts`` and ``panels`` draw them, ``explorer`` lists them, ``citing`` cites them, ``takeaway`` packs
them for readers, ``sphinxext`` sets them in the book, ``building`` makes the book and ``releasing`` its releases.
"""

#: Version and date of the book and of the package, here and nowhere else; `python -m zhenzhi citation-files` writes them on.
__version__ = "0.2.0-dev"
__date__ = "2026-11-30"

#: The folder of a site for the state between releases, whose version ends in -dev.
DEVELOPMENT = "dev"

#: The MIME type under which a chart leaves its notebook and reaches the Sphinx extension.
FIGURE_MIME_TYPE = "application/vnd.zhenzhi.figure+json"

#: The MIME type of the claims explorer.
EXPLORER_MIME_TYPE = "application/vnd.zhenzhi.explorer+json"

#: The MIME type of a panel.
PANEL_MIME_TYPE = "application/vnd.zhenzhi.panel+json"

#: Marks in the page of changes between which a release puts what changed.
CHANGES_MARKS = ("<!-- changes -->", "<!-- /changes -->")

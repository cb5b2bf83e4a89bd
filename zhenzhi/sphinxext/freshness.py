"""Never publishes a stale number: pages are read again when the data or the package changed.

Sphinx compares the sources of pages only. This module keeps a fingerprint of all else that a page is made from.
"""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zhenzhi import fingerprint, paths
from zhenzhi.edition import Edition


def edition_of(env: BuildEnvironment) -> Edition:
    """The edition of the build that is under way."""
    return env.app.zhenzhi_edition


def _open(app: Sphinx) -> None:
    app.zhenzhi_edition = Edition(language=app.config.language[:2])


def _outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    current = fingerprint.of_pages(paths.ROOT)
    if getattr(env, "zhenzhi_fingerprint", current) == current:
        env.zhenzhi_fingerprint = current
        return []
    env.zhenzhi_fingerprint = current
    return list(env.found_docs)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _open)
    app.connect("env-get-outdated", _outdated)

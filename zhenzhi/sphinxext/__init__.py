"""The Sphinx extension: sets claims, figures, the audit, the register and citations in the book."""

from pathlib import Path

from sphinx.application import Sphinx

from zhenzhi import __version__, paths
from zhenzhi.sphinxext import (
    assets,
    citation,
    dictionary,
    evidence,
    explorer,
    figure_index,
    figures,
    freshness,
    glossary,
    instruments,
    language,
    markup,
    metadata,
    model_register,
    models,
    outside,
    places,
    policy,
    references,
    register,
    search,
    standins,
    steps,
    takeaway,
    terms,
    verdicts,
    versions,
)

#: Shape of what the extension keeps in Sphinx's environment; an environment of another shape is made anew.
_ENVIRONMENT = 2

_STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> dict:
    """Registers the parts of the extension; called by Sphinx."""
    # Jupyter Book sets this for sphinx_comments, which the book leaves out because it calls other hosts.
    app.add_config_value("comments_config", {}, "html")
    app.connect("builder-inited", _add_static)
    app.connect("config-inited", _name_version)
    for part in (
        freshness,
        places,
        references,
        figures,
        figure_index,
        register,
        outside,
        model_register,
        models,
        instruments,
        verdicts,
        evidence,
        steps,
        explorer,
        citation,
        metadata,
        terms,
        glossary,
        dictionary,
        language,
        takeaway,
        versions,
        markup,
        standins,
        search,
        assets,
        policy,
    ):
        part.setup(app)
    return {
        "version": __version__,
        "env_version": _ENVIRONMENT,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _name_version(app: Sphinx, config) -> None:
    config.version = config.release = __version__


def _add_static(app: Sphinx) -> None:
    """The extension's own files, and the widget runtime that npm brought."""
    app.config.html_static_path.append(str(_STATIC))
    if paths.WIDGET_RUNTIME.is_dir():
        # Not its builds for RequireJS and their maps, which are most of it.
        files = [path for path in paths.WIDGET_RUNTIME.iterdir() if not path.name.endswith(("-amd.js", ".map"))]
        app.config.html_static_path.extend(map(str, sorted(files)))

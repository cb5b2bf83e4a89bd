"""The Sphinx extension: sets claims, figures, the audit, the register and citations in the book."""

from pathlib import Path

from sphinx.application import Sphinx

from zhenzhi import __version__, paths
from zhenzhi.sphinxext import (
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
    metadata,
    model_register,
    models,
    outside,
    places,
    references,
    register,
    steps,
    terms,
    verdicts,
)

#: Shape of what the extension keeps in Sphinx's environment; an environment of another shape is made anew.
_ENVIRONMENT = 2

_STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> dict:
    """Registers the parts of the extension; called by Sphinx."""
    # Jupyter Book sets this for sphinx_comments, which the book leaves out because it calls other hosts.
    app.add_config_value("comments_config", {}, "html")
    app.connect("builder-inited", _add_static)
    app.add_css_file("zhenzhi.css")
    app.add_js_file("zhenzhi.js", loading_method="defer")
    app.add_js_file("cite.js", loading_method="defer")
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
    ):
        part.setup(app)
    return {
        "version": __version__,
        "env_version": _ENVIRONMENT,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _add_static(app: Sphinx) -> None:
    """The extension's own files, and the widget runtime that npm brought."""
    app.config.html_static_path.append(str(_STATIC))
    if paths.WIDGET_RUNTIME.is_dir():
        app.config.html_static_path.append(str(paths.WIDGET_RUNTIME))

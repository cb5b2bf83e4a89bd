"""The Sphinx extension: sets claims, figures, the audit, the register and citations in the book."""

from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx

from zhenzhi import __version__, paths
from zhenzhi.sphinxext import epub, languages
from zhenzhi.sphinxext.directives import (
    addresses,
    audit,
    chart_index,
    citation,
    claim_steps,
    dictionary,
    downloads,
    external,
    findings,
    glossary,
    instruments,
    model_register,
    models,
    opening,
    register,
    silences,
    sources,
    speakers,
    texts,
    versions,
)
from zhenzhi.sphinxext.env import anchors, domain, incremental, numbering, soundness
from zhenzhi.sphinxext.finish import accessibility_fixes, assets, build_info, csp, metadata, order, search
from zhenzhi.sphinxext.inline import data_file, mark_chinese, references, terms, works
from zhenzhi.sphinxext.outputs import behind, charts, explorer, panels, share

#: Shape of what the extension keeps in Sphinx's environment; an environment of another shape is made anew.
_ENVIRONMENT = 3

#: Extensions that keep nothing while pages are read: one numbers chapters when all are read, one acts for LaTeX alone.
_SAFE = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")

_STATIC = Path(__file__).parent / "static"


def setup(app: Sphinx) -> dict:
    """Registers the parts of the extension; called by Sphinx."""
    # Jupyter Book sets this for sphinx_comments, which the book leaves out because it calls other hosts.
    app.add_config_value("comments_config", {}, "html")
    app.connect("builder-inited", _add_static)
    app.connect("config-inited", _name_version)
    app.connect("builder-inited", _declare_safe)
    app.connect("builder-inited", _keep_templates)
    for part in (
        incremental,
        domain,
        numbering,
        soundness,
        anchors,
        addresses,
        references,
        data_file,
        behind,
        charts,
        chart_index,
        texts,
        register,
        external,
        model_register,
        models,
        opening,
        instruments,
        findings,
        silences,
        speakers,
        audit,
        sources,
        claim_steps,
        explorer,
        panels,
        share,
        citation,
        metadata,
        languages,
        terms,
        works,
        glossary,
        dictionary,
        mark_chinese,
        downloads,
        versions,
        accessibility_fixes,
        search,
        assets,
        csp,
        build_info,
        order,
        epub,
    ):
        part.setup(app)
    return {
        "version": __version__,
        "env_version": _ENVIRONMENT,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _declare_safe(app: Sphinx) -> None:
    """Says of extensions what they do not say themselves."""
    for name in _SAFE:
        if name in app.extensions and app.extensions[name].parallel_read_safe is None:
            app.extensions[name].parallel_read_safe = True


def _keep_templates(app: Sphinx) -> None:
    """Keeps the compiled templates from build to build: to compile those of the theme takes as long as to set some pages."""
    environment = getattr(app.builder.templates, "environment", None)
    if environment is not None:
        folder = Path(app.doctreedir).with_name("templates")
        folder.mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def _name_version(app: Sphinx, config) -> None:
    config.version = config.release = __version__


def _add_static(app: Sphinx) -> None:
    """The extension's own files, and the widget runtime that npm brought, for a chapter that shows an ipywidget."""
    app.config.html_static_path.append(str(_STATIC))
    if paths.WIDGET_RUNTIME.is_dir():
        # Not its builds for RequireJS and their maps, which are most of it.
        files = [path for path in paths.WIDGET_RUNTIME.iterdir() if not path.name.endswith(("-amd.js", ".map"))]
        app.config.html_static_path.extend(map(str, sorted(files)))

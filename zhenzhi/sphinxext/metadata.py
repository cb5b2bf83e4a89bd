"""What a page says of itself to machines: Highwire tags for reference managers, Open Graph, and schema.org as JSON-LD.

Addresses are relative to the page, or absolute where ``html.baseurl`` of ``_config.yml`` names the site.
"""

import json
from html import escape
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx

from zhenzhi import __date__, __version__, citing
from zhenzhi.edition import Edition
from zhenzhi.sphinxext import citation, places
from zhenzhi.sphinxext.figures import FOLDER, picture
from zhenzhi.sphinxext.freshness import edition_of
from zhenzhi.takeaway import names

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"

#: Characters of a description; search engines and link previews cut longer ones.
_DESCRIPTION = 300


def _add(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if doctree is None:
        return
    is_book = pagename == app.config.root_doc
    title = citing.BOOK_TITLE if is_book else app.env.titles[pagename].astext()
    description = _description(doctree)
    base = citation.site(app.builder)
    here = base and urljoin(base, app.builder.get_target_uri(pagename))
    tags = {
        "name": {
            "description": description,
            "citation_title": title,
            "citation_author": citing.AUTHOR,
            "citation_publication_date": __date__.replace("-", "/"),
            "citation_language": app.config.language,
            "citation_inbook_title": None if is_book else citing.BOOK_TITLE,
            "citation_fulltext_html_url": here or None,
            "citation_pdf_url": _pdf(app, pagename, base),
            "version": __version__,
        },
        "property": {
            "og:type": "book" if is_book else "article",
            "og:title": title,
            "og:site_name": citing.BOOK_TITLE,
            "og:description": description,
            "og:locale": app.config.language,
            "og:image": _picture(app, pagename, doctree, here),
            "og:url": here or None,
        },
    }
    lines = [
        f'<meta {attribute}="{name}" content="{escape(value, quote=True)}">'
        for attribute, values in tags.items()
        for name, value in values.items()
        if value
    ]
    graph = {"@context": "https://schema.org", "@graph": _graph(app, pagename, title, description)}
    # A closing tag within the text would end the element.
    data = json.dumps(graph, ensure_ascii=False).replace("</", "<\\/")
    lines.append(f'<script type="application/ld+json">{data}</script>')
    context["metatags"] = context.get("metatags", "") + "\n".join(lines)


def _description(doctree: nodes.document) -> str:
    """The opening of the page, cut at a word."""
    paragraph = next((node for node in doctree.findall(nodes.paragraph) if len(node.astext()) > 40), None)
    text = " ".join(paragraph.astext().split()) if paragraph is not None else ""
    return text if len(text) <= _DESCRIPTION else text[:_DESCRIPTION].rpartition(" ")[0] + " …"


def _picture(app: Sphinx, pagename: str, doctree: nodes.document, here: str) -> str | None:
    """The page's first figure as a picture for link previews."""
    first = next(doctree.findall(picture), None)
    if first is None:
        return None
    address = f"{'../' * pagename.count('/')}{FOLDER}/{first['figure_id']}.png"
    return urljoin(here, address) if here else address


def _pdf(app: Sphinx, pagename: str, base: str) -> str | None:
    """The address of the PDF edition, where the book is built with one."""
    if not app.config.zhenzhi_pdf:
        return None
    file = f"{names.FOLDER}/{names.PDF}"
    return urljoin(base, file) if base else "../" * pagename.count("/") + file


def _graph(app: Sphinx, pagename: str, title: str, description: str) -> list[dict]:
    """The page, the book it is part of, and the claims it records, as schema.org things."""
    edition = edition_of(app.env)
    root = app.builder.get_relative_uri(pagename, app.config.root_doc)
    author = {"@type": "Organization", "name": citing.AUTHOR}
    common = {
        "author": author,
        "datePublished": __date__,
        "version": __version__,
        "inLanguage": app.config.language,
        "license": _LICENCE,
    }
    book = {"@type": "Book", "@id": root, "name": citing.BOOK_TITLE, **common}
    if pagename == app.config.root_doc:
        dataset = {
            "@type": "Dataset",
            "@id": "#data",
            "name": edition.label("dataset-name"),
            "description": edition.label("dataset-description"),
            "isPartOf": {"@id": root},
            "distribution": [
                {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": f"{names.FOLDER}/{name}"}
                for name, _, kind in names.FILES
                if name in names.DATA_FILES
            ],
            **common,
        }
        return [book | {"description": description}, dataset]
    page = {
        "@type": "Chapter",
        "@id": app.builder.get_relative_uri(pagename, pagename) or "#",
        "name": title,
        "description": description,
        "isPartOf": {"@id": root},
        **common,
    }
    claims = [name for name in places.names(app.env, "claim") if places.page_of(app.env, "claim", name) == pagename]
    return [page, book, *(_claim(edition, claim_id) for claim_id in claims)]


def _claim(edition: Edition, claim_id: str) -> dict:
    document = edition.document_of(claim_id)
    return {
        "@type": "Claim",
        "@id": f"#claim-{claim_id}",
        "name": f"{edition.figure(claim_id)}: {edition.name_of(claim_id)}",
        "appearance": {
            "@type": "CreativeWork",
            "name": document["title_zh"],
            "publisher": document["publisher_zh"],
            "inLanguage": "zh",
        },
    }


def setup(app: Sphinx) -> None:
    # Whether a PDF edition will stand among the downloads when the book is done.
    app.add_config_value("zhenzhi_pdf", False, "html")
    app.connect("html-page-context", _add)

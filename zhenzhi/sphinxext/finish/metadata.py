"""What a page says of itself to machines: Highwire and Dublin Core tags for reference managers, Open Graph, schema.org.

Addresses are relative to the page, or absolute where ``html.baseurl`` of ``_config.yml`` names the site. A release that is to
be shared needs that: canonical addresses and link previews are absolute or nothing.
"""

import json
from html import escape
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx

from zhenzhi import __date__, __version__, citing, locales
from zhenzhi.book.edition import Edition
from zhenzhi.data import schema
from zhenzhi.locales import tag
from zhenzhi.sphinxext.directives import citation
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of, state_of
from zhenzhi.sphinxext.outputs import share
from zhenzhi.takeaway import names

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"

#: Languages as Open Graph names them.
_LOCALES = {"en": "en_US", "zh": "zh_CN"}

#: Characters of a description; search engines and link previews cut longer ones.
_DESCRIPTION = 300

#: The page that lists the downloads.
_DOWNLOADS = "chapters/downloads"


def _add(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    if doctree is None:
        return
    edition = edition_of(app.env)
    is_book = pagename == app.config.root_doc
    title = citing.title(edition) if is_book else app.env.titles[pagename].astext()
    description = _description(doctree, edition)
    base = citation.site(app.builder)
    here = base and urljoin(base, app.builder.get_target_uri(pagename))

    def address(file: str) -> str:
        return urljoin(base, file) if base else "../" * pagename.count("/") + file

    picture = None
    if is_book or pagename in state_of(app).outputs:
        picture = address(share.note(app, pagename, doctree, title, description))
    author, doi = citing.author(edition), citing.doi(edition)
    pdf = f"{names.FOLDER}/{names.of(names.PDF, edition.language)}"
    tags = {
        "name": {
            "description": description,
            "citation_title": title,
            # Behind a comma nothing is left of the name: to reference managers it is that of an institution.
            "citation_author": f"{author},",
            "citation_author_orcid": citing.orcid(edition),
            "citation_publisher": author,
            "citation_publication_date": __date__.replace("-", "/"),
            "citation_language": tag(edition.language),
            "citation_inbook_title": None if is_book else citing.title(edition),
            "citation_doi": doi if is_book else None,
            "citation_fulltext_html_url": here or None,
            "citation_pdf_url": address(pdf) if is_book and app.config.zhenzhi_pdf else None,
            "DC.rights": _LICENCE,
            "version": __version__,
            "twitter:card": "summary_large_image" if picture else "summary",
        },
        "property": {
            "og:type": "book" if is_book else "article",
            "og:title": title,
            "og:site_name": citing.title(edition),
            "og:description": description,
            "og:locale": _LOCALES[edition.language],
            "og:image": picture,
            "og:image:width": str(share.SIZE[0]) if picture else None,
            "og:image:height": str(share.SIZE[1]) if picture else None,
            "og:image:alt": title if picture else None,
            "og:url": here or None,
        },
    }
    lines = [
        f'<meta {attribute}="{name}" content="{escape(value, quote=True)}">'
        for attribute, values in tags.items()
        for name, value in values.items()
        if value
    ]
    graph = {"@context": "https://schema.org", "@graph": _graph(app, pagename, title, description, here)}
    # Within a script element only < could end the data, or hide their end.
    data = json.dumps(graph, ensure_ascii=False).replace("<", "\\u003c")
    lines.append(f'<script type="application/ld+json">{data}</script>')
    context["metatags"] = context.get("metatags", "") + "\n".join(lines)
    # Sphinx's own would leave out the folder of the version.
    context["pageurl"] = here or None


def _description(doctree: nodes.document, edition: Edition) -> str:
    """The opening of the page, cut at a word; Chinese says in a character what English says in a few letters."""
    longest, is_chinese = (_DESCRIPTION // 2, True) if edition.language == "zh" else (_DESCRIPTION, False)
    least = longest * 2 // 15
    paragraph = next((node for node in doctree.findall(nodes.paragraph) if len(node.astext()) > least), None)
    text = " ".join(paragraph.astext().split()) if paragraph is not None else ""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}……" if is_chinese else text[:longest].rpartition(" ")[0] + " …"


def _graph(app: Sphinx, pagename: str, title: str, description: str, here: str) -> list[dict]:
    """The page, the book it is part of, the data set, and the claims that the page records, as schema.org things."""
    edition = edition_of(app.env)
    root = here and citation.site(app.builder) or app.builder.get_relative_uri(pagename, app.config.root_doc)
    author = {"@type": "Organization", "name": citing.author(edition)}
    if orcid := citing.orcid(edition):
        author["sameAs"] = orcid
    common = {
        "author": author,
        "publisher": author,
        "datePublished": __date__,
        "version": __version__,
        "inLanguage": tag(edition.language),
        "license": _LICENCE,
    }
    book = {"@type": "Book", "@id": root, "name": citing.title(edition), **common}
    if doi := citing.doi(edition):
        book["identifier"] = f"https://doi.org/{doi}"
    things: list[dict] = []
    if pagename == app.config.root_doc:
        things.append(book | {"description": description})
    else:
        page = {
            "@type": "Chapter",
            "@id": here or app.builder.get_relative_uri(pagename, pagename) or "#",
            "name": title,
            "description": description,
            "isPartOf": {"@id": root},
            **common,
        }
        things += [page, book]
    if pagename in (app.config.root_doc, _DOWNLOADS):
        # The files of the data stand at the root of the book, whatever the language of the page.
        above = locales.to_root(pagename, edition.language, app.config.zhenzhi_languages)
        folder = (here and citing.site(app.config.html_baseurl)) or above
        things.append(_data_set(edition, root, f"{folder}{names.FOLDER}/") | {"creator": author} | common)
    claims = [name for name in anchors.names(app.env, "claim") if anchors.page_of(app.env, "claim", name) == pagename]
    documents = dict.fromkeys(edition.document_of(claim)["document_id"] for claim in claims)
    things += [_document(edition, name) for name in documents]
    return [*things, *(_claim(edition, claim_id) for claim_id in claims)]


def _data_set(edition: Edition, root: str, folder: str) -> dict:
    """The data set: what it holds of which places and years, and its files."""
    tables = edition.tables
    years = sorted(int(date[:4]) for date in tables.documents["published"])
    data_set = {
        "@type": "Dataset",
        "@id": f"{root}#data",
        "name": edition.label("dataset-name"),
        "description": edition.label("dataset-description"),
        "url": root,
        "isPartOf": {"@id": root},
        "isAccessibleForFree": True,
        "keywords": schema.read_descriptor(tables.folder)["keywords_zh" if edition.language == "zh" else "keywords"],
        "temporalCoverage": f"{years[0]}/{years[-1]}",
        "spatialCoverage": [
            {"@type": "Place", "name": edition.local(tables.places.loc[place], "name")}
            for place in dict.fromkeys(edition.coding.claims["place_id"])
        ],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": edition.local(tables.indicators.loc[name], "name"), "propertyID": name}
            for name in dict.fromkeys(edition.coding.claims["indicator_id"])
        ],
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": f"{folder}{name}"}
            for name, _, kind in names.FILES
            if name in names.DATA_FILES
        ],
    }
    if doi := citing.doi(edition):
        data_set["identifier"] = f"https://doi.org/{doi}"
    return data_set


def _document(edition: Edition, document_id: str) -> dict:
    document = edition.tables.documents.loc[document_id]
    return {
        "@type": "CreativeWork",
        "@id": f"#document-{document_id}",
        "name": document["title_zh"],
        "publisher": document["publisher_zh"],
        "inLanguage": "zh",
    }


def _claim(edition: Edition, claim_id: str) -> dict:
    return {
        "@type": "Claim",
        "@id": f"#claim-{claim_id}",
        "name": edition.label("claim-title", figure=edition.amount(claim_id), what=edition.name_of(claim_id)),
        "appearance": {"@id": f"#document-{edition.document_of(claim_id)['document_id']}"},
    }


def setup(app: Sphinx) -> None:
    # Whether a PDF edition will stand among the downloads when the book is done.
    app.add_config_value("zhenzhi_pdf", False, "html")
    app.connect("html-page-context", _add)

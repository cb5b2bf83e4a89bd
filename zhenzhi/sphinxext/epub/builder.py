"""Sphinx's builder of EPUB 3, with the book's own pages in it and nothing beside them, the same bytes each time."""

from pathlib import Path
from typing import Any

from sphinx import addnodes
from sphinx.builders.epub3 import Epub3Builder

from zhenzhi import __date__
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.epub import cover, pages
from zhenzhi.sphinxext.finish import typeface
from zhenzhi.sphinxext.outputs import charts
from zhenzhi.takeaway import archive
from zhenzhi.takeaway.epub import COVER

#: What tells a program that an archive is an EPUB.
_FIRST = "mimetype"


class EditionBuilder(Epub3Builder):
    """Replaces Sphinx's builder of the same name."""

    def prepare_writing(self, docnames: set[str]) -> None:
        super().prepare_writing(docnames)
        self.globalcontext["epub_language"] = self.config.epub_language
        self.guide_titles = {"toc": edition_of(self.env).label("pdf-contents")}

    def copy_static_files(self) -> None:
        """The style sheet, the typeface and the cover of the edition, and none of the scripts and styles of the web pages."""
        static = Path(self.outdir) / "_static"
        static.mkdir(parents=True, exist_ok=True)
        self.copy_theme_static_files({})
        typeface.put(Path(self.srcdir), static)
        cover.draw(Path(self.outdir) / COVER, edition_of(self.env))

    def gen_pages_from_extensions(self) -> None:
        """No search page."""

    def handle_finish(self) -> None:
        """Adds the pictures, mends the pages and packs all of it."""
        charts.copy(self.app, ("png",))
        pages.mend(self)
        super().handle_finish()

    def get_toc(self) -> None:
        """The chapters with their sections, of which the web pages show those of the open page alone."""
        root = self.config.root_doc
        doctree = self.env.get_doctree(root)
        for toctree in doctree.findall(addnodes.toctree):
            toctree["titlesonly"] = False
        resolved = self.env.get_and_resolve_doctree(root, self, doctree, prune_toctrees=False, includehidden=True)
        # Not the letters of the glossary.
        self.refnodes = [node for node in self.get_refnodes(resolved, []) if len(node["text"]) > 1]
        self.toc_add_files(self.refnodes)

    def content_metadata(self) -> dict[str, Any]:
        return super().content_metadata() | {"date": f"{__date__}T00:00:00Z"}

    def build_content(self) -> None:
        """Names the cover as EPUB 3 does too."""
        super().build_content()
        content = Path(self.outdir) / "content.opf"
        item = f'href="{COVER}"'
        text = content.read_text(encoding="utf-8")
        content.write_text(text.replace(item, f'{item} properties="cover-image"', 1), encoding="utf-8")

    def toc_metadata(self, level: int, navpoints: list) -> dict[str, Any]:
        """The table of contents for older readers; it is of the same book where it has the same identifier."""
        return super().toc_metadata(level, navpoints) | {"uid": self.config.epub_identifier}

    def build_epub(self) -> None:
        """Packs the files, without the time of packing."""
        folder = Path(self.outdir)
        names = [_FIRST, "META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        archive.write(folder / f"{self.config.epub_basename}.epub", {name: folder / name for name in names}, _FIRST)

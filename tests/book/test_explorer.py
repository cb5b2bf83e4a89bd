"""The page of the claims explorer: no code inside, every row leads to its record, and it stays small."""

import gzip
import re

from helpers.beside import held
from zhenzhi.explorer import STATIC

PAGE = "chapters/explorer.html"


def test_the_page_loads_no_inline_code_and_only_it_loads_the_script(html):
    text = (html / PAGE).read_text(encoding="utf-8")
    assert re.search(r'<script[^>]* src="\.\./_static/explorer\.js[^"]*"></script>', text)
    assert "explorer.js" not in (html / "index.html").read_text(encoding="utf-8")
    own = text[text.index('<div class="zz-explorer"') : text.index("</article>")]
    assert "<script" not in own
    assert "style=" not in own
    assert text.index('src="explorer.beside.js"') < text.index("_static/explorer.js")


def test_a_reader_without_scripts_is_led_to_the_register(html):
    text = (html / PAGE).read_text(encoding="utf-8")
    link = re.search(r'<noscript><p><a href="([^"]+)">', text).group(1)
    assert (html / "chapters" / link).is_file()


def test_every_claim_leads_to_its_record(html, english):
    data = held(html / PAGE)["explorer"]
    assert data["table"]["claim_id"] == list(english.tables.claims.index)
    pages: dict[str, str] = {}
    for claim, link in zip(data["table"]["claim_id"], data["links"], strict=True):
        page, _, anchor = link.partition("#")
        if page not in pages:
            pages[page] = (html / "chapters" / page).read_text(encoding="utf-8")
        assert anchor == f"claim-{claim}" and f'id="{anchor}"' in pages[page]


def test_explorer_and_register_are_below_a_megabyte_together(html):
    files = [
        html / PAGE,
        *(html / "chapters").rglob("register*.html"),
        *(html / "chapters" / "register").rglob("*.html"),
        *(html / "chapters" / "register").rglob("*.js"),
        (html / PAGE).with_suffix(".beside.js"),
    ]
    sizes = {path: len(gzip.compress(path.read_bytes())) for path in files}
    sizes |= {path: len(gzip.compress(path.read_bytes())) for path in STATIC.iterdir()}
    assert len(sizes) >= 4
    assert sum(sizes.values()) < 1_000_000

"""The finishing pass on made-up pages: what it mends, what it leaves out, and what it refuses by name."""

from types import SimpleNamespace

import pytest
from lxml import html

from helpers.beside import held
from zhenzhi.sphinxext.finish import beside, csp, inline_styles, lighten, pruning
from zhenzhi.sphinxext.finish.pages import Page, Told, Written, parse, serialize

OWN = "go()"


def page(body: str, head: str = ""):
    return parse(f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode())


def refused(body: str, head: str = "", **options) -> list[str]:
    return list(csp.refused(page(body, head), [csp.digest(OWN)], [csp.digest("p {}")], **options))


def test_a_page_survives_being_read_and_written():
    body = """<article><h1>网格 &lt;script&gt; &amp; 𠮷</h1>
<picture><source srcset="a.svg"><img src="b.svg" alt="B"></picture><details open><summary>More</summary></details>
<svg viewBox="0 0 1 1"><clipPath id="c"></clipPath><path d="M0 0"></path></svg>
<pre>a
  b</pre><p>one<br>two</p><div class="x" popover="manual"></div>
<script type="application/json">{"a": "\\u003c/p>"}</script></article>"""
    once = serialize(page(body))
    assert serialize(parse(once)) == once
    text = once.decode()
    assert "<h1>网格 &lt;script&gt; &amp; 𠮷</h1>" in text
    assert "</source>" not in text and "<br>" in text
    assert "a\n  b" in text and '{"a": "\\u003c/p>"}' in text


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("<script>alert(1)</script>", "an inline script, <script>alert(1)</script>"),
        ("<script type=module>alert(1)</script>", "an inline script"),
        ('<script src="https://example.org/a.js"></script>', "the address of <script"),
        ('<script src="//example.org/a.js"></script>', "the address of <script"),
        ('<p onclick="go()">x</p>', "an event handler, <p onclick"),
        ('<svg><rect onload="go()"></rect></svg>', "an event handler"),
        ('<p style="background: url(https://example.org)">x</p>', "a style attribute, <p style"),
        ("<style>p { color: red }</style>", "a style element"),
        ('<iframe src="a.html"></iframe>', "an element iframe"),
        ('<object data="a.svg"></object>', "an element object"),
        ('<a href="javascript:alert(1)">x</a>', "the address of <a"),
        ('<a href=" java\tscript:alert(1)">x</a>', "the address of <a"),
        ('<a href="data:text/html,x">x</a>', "the address of <a"),
        ('<img src="https://example.org/a.png" alt="">', "the address of <img"),
        ('<form action="https://example.org"></form>', "the address of <form"),
    ],
)
def test_what_no_page_may_hold_is_named(body, named):
    (fault,) = refused(body)
    assert fault.startswith(named) and "expected" in fault


def test_a_meta_element_that_acts_and_a_base_are_named():
    assert len(refused("", '<meta http-equiv="refresh" content="0; url=https://example.org">')) == 1
    assert len(refused("", '<base href="/">')) == 1


def test_what_a_page_may_hold_is_left():
    own = f"""<script>{OWN}</script><script type="application/ld+json">{{}}</script><script src="_static/a.js"></script>
<style>p {{}}</style><a href="https://example.org">x</a><a href="mailto:a@example.org">x</a><a href="b.html#c:d">x</a>
<a href="#e">x</a><img src="data:image/png;base64,AA" alt="">"""
    assert refused(own) == []


def test_only_a_page_with_a_widget_may_set_styles_and_compile_code():
    assert refused('<p style="color: red">x</p>', has_widget=True) == []
    assert len(refused("<script>alert(1)</script>", has_widget=True)) == 1
    assert "unsafe" not in csp.policy(["'sha256-a'"], ["'sha256-b'"])
    loose = csp.policy(["'sha256-a'"], ["'sha256-b'"], has_widget=True)
    assert "'unsafe-eval'" in loose and "style-src 'self' 'unsafe-inline'" in loose
    assert "unsafe-inline" not in loose.partition("style-src")[0]


def test_styles_of_pictures_become_attributes_and_those_of_pandas_go(tmp_path):
    tree = page(
        """<svg><path style="fill: none; stroke: var(--line, #222); position: fixed"></path></svg>
<div><style scoped>.dataframe th {}</style>
<table border="1" class="dataframe"><tr style="text-align: right;"></tr></table></div>"""
    )
    inline_styles.replace(Written(None, [Page("page", tmp_path, tree)]))
    path = tree.find(".//path")
    assert dict(path.attrib) == {"fill": "none", "stroke": "var(--line, #222)", "style": "position: fixed"}
    table = html.tostring(tree.find(".//div"), encoding="unicode")
    assert "style" not in table and "border" not in table


def test_pruning_keeps_what_can_match_and_drops_what_cannot():
    sheet = """
      /* a note */ @import "other.css"; @font-face { font-family: Icons; src: url(icons.woff2) }
      .used, .unused { color: red } .used .unused { color: blue } #here > p { margin: 0 } #gone { margin: 1px }
      p:not(.unused) { color: green } .fa-sun { content: "x" }
      @media print { .unused { display: none } } @media (min-width: 1px) { .used { top: 0 } }
    """
    kept = pruning.prune(sheet, {"used", "other", "here"})
    assert "red" in kept and "green" in kept and "margin: 0" in kept and "top: 0" in kept
    for gone in ("blue", "1px}", "print", "font-face", "import", "note", "fa-sun", ",.unused"):
        assert gone not in kept


def test_what_is_left_of_a_sheet_depends_on_the_names_asked_alone():
    sheet = ".known > #part { color: red } .lg\\:wide { color: blue } .unknown { color: green }"
    used = {"known", "part", "elsewhere", "lg:wide"}
    asked = pruning.names_asked([sheet], used)
    assert asked == {"known", "part", "lg:wide"}
    assert pruning.prune(sheet, asked) == pruning.prune(sheet, used) != pruning.prune(sheet, set())


def written(tmp_path, body: str, edition) -> Written:
    """A written book of one page."""
    tree = page(f"<article>{body}</article>")
    return Written(SimpleNamespace(outdir=tmp_path, env=None), [Page("a", tmp_path / "a.html", tree)])


HELD = """<div class="zz-panel"><template><svg><rect></rect></svg></template></div>
<details class="zz-data"><summary>Data</summary><div data-figure="data-x"><table><tr><td>1</td></tr></table></div></details>
<details class="zz-code"><summary>Code</summary><div data-code="code-3"><pre>draw()</pre></div></details>
<div class="zz-record" id="claim-a">
<p class="zz-used"><span class="zz-label">Used in </span><a href="#b">b</a>, <a
href="#c">c</a></p><details class="zz-cite-fold"><summary>Cite</summary><div data-work="one"><dl><dt>APA</dt></dl></div>
<div data-work="two"><p>Two</p></div></details></div><a data-card="card-a" aria-describedby="card-a-brief" href="#d">4</a>
<div class="zz-cards" role="group"><div class="zz-card" id="card-a"><b lang="zh">网格</b></div></div>
<div class="zz-cards" role="group"><div class="zz-card" id="card-t">Term</div></div>"""


def test_what_is_shown_when_asked_lies_beside_the_page(tmp_path, english, monkeypatch):
    monkeypatch.setattr(Written, "edition", english)
    book = written(tmp_path, HELD, english)
    beside.take_out(book)
    own = serialize(book.pages[0].tree).decode()
    for text in ("<rect", "<table", "zz-label", "draw()", "APA", "Two", "网格", "Term", "aria-describedby"):
        assert text not in own
    found = held(tmp_path / "a.html")
    assert found == {
        "card-a": '<div class="zz-card" id="card-a"><b lang="zh">网格</b></div>',
        "card-t": '<div class="zz-card" id="card-t">Term</div>',
        "one": '<div data-work="one"><dl><dt>APA</dt></dl></div>',
        "two": '<div data-work="two"><p>Two</p></div>',
        "used-claim-a": '<p class="zz-used"><a href="#b">b</a>, <a href="#c">c</a></p>',  # as lxml writes it
        "data-x": "<table><tr><td>1</td></tr></table>",
        "code-3": "<pre>draw()</pre>",
        "panel-0": "<svg><rect></rect></svg>",
    }
    tree = book.pages[0].tree
    assert tree.get("data-beside") == "a.beside.js"
    assert set(tree.xpath("//@data-held")) == {"one two", "used-claim-a", "data-x", "code-3", "panel-0"}
    assert len(tree.find_class("zz-cards")) == 1
    assert "Used in 2 places" in own


def test_one_place_is_told_in_the_singular(tmp_path, english, monkeypatch):
    monkeypatch.setattr(Written, "edition", english)
    book = written(tmp_path, HELD.replace(', <a\nhref="#c">c</a>', ""), english)
    beside.take_out(book)
    assert "Used in 1 place<" in serialize(book.pages[0].tree).decode()


def test_a_page_that_was_left_as_it_is_is_not_read_again(tmp_path):
    app = SimpleNamespace(outdir=tmp_path / "html", doctreedir=tmp_path / "doctrees")
    folder = tmp_path / "html" / "chapters"
    for made in (folder, tmp_path / "doctrees"):
        made.mkdir(parents=True)
    for name in ("a", "b"):
        (folder / f"{name}.html").write_bytes(
            serialize(page(f"<p class='{name}'>x</p><script src='../_static/{name}.js'>"))
        )
    first = Written.read(app)
    assert [page.name for page in first.pages] == ["chapters/a", "chapters/b"]
    first.told.update({page.name: Told([], page.classes(), page.ids(), page.files()) for page in first.pages})
    first.write()
    (folder / "b.html").write_bytes(serialize(page("<p class='c'>y</p>")))
    second = Written.read(app)
    assert [page.name for page in second.pages] == ["chapters/b"]
    assert second.told["chapters/b"].classes == {"b"}  # as it was, until it is noted anew
    told = second.told["chapters/a"]
    assert (told.classes, told.files) == ({"a"}, {"a.js"})
    assert second.reread("chapters/a").classes() == {"a"}
    # A page that is gone is not known any more.
    (folder / "a.html").unlink()
    assert "chapters/a" not in Written.read(app).told


def test_a_page_that_holds_nothing_more_leaves_no_file(tmp_path, english, monkeypatch):
    monkeypatch.setattr(Written, "edition", english)
    (tmp_path / "a.beside.js").write_text("old")
    beside.take_out(written(tmp_path, "<p>Text.</p>", english))
    assert not (tmp_path / "a.beside.js").exists()


@pytest.mark.parametrize(
    ("body", "lighter"),
    [
        ("<table><tr><td><p>1</p></td></tr></table>", "<table><tr><td>1</td></tr></table>"),
        ("<ul><li><p>a <b>b</b></p></li></ul>", "<ul><li>a <b>b</b></li></ul>"),
        ('<ul><li><p class="x">c</p></li></ul>', '<ul><li><p class="x">c</p></li></ul>'),
        ("<dl><dd><p>a</p><p>b</p></dd></dl>", "<dl><dd><p>a</p><p>b</p></dd></dl>"),
        ('<code><span class="pre">x</span> y</code>', "<code>x y</code>"),
        ('<a href="#x"><span lang="zh">网格</span></a>', '<a href="#x" lang="zh">网格</a>'),
        ('<dl><dd><p><span lang="zh">网格</span></p></dd></dl>', '<dl><dd lang="zh">网格</dd></dl>'),
        ('<b><span lang="zh">网格</span> grid</b>', '<b><span lang="zh">网格</span> grid</b>'),
        ('<span class="zz-quote">9<span lang="zh">名</span></span>', '<span class="zz-quote" lang="zh">9名</span>'),
    ],
)  # fmt: skip
def test_elements_that_say_nothing_go(tmp_path, english, body, lighter):
    book = written(tmp_path, body, english)
    for _ in range(2):  # done twice, it changes nothing more
        lighten.take_out(book)
        assert lighter in serialize(book.pages[0].tree).decode()

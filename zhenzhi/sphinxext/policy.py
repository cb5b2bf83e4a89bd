"""Writes into each page what it may load: a Content-Security-Policy.

Everything comes from the book itself, over http and from the disk. Inline scripts run by their hash. So do styles that
stand in the page, except on pages with a ``style`` attribute or a panel, where inline styles are allowed: the pictures of
panels carry them, and the widget runtime adds its own. The runtime compiles a schema when it loads, so pages with a panel
also allow ``eval``.
"""

import base64
import hashlib
import re
from html import unescape
from pathlib import Path

from sphinx.application import Sphinx

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*\sstyle=", re.IGNORECASE)
_META = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
_CHARSET = re.compile(r'<meta charset="utf-8"\s*/?>')


def policy(page: str) -> str:
    """The policy of a page, from its HTML."""
    panel = 'class="zz-panel-place"' in page
    inline = [text for attributes, text in _SCRIPT.findall(page) if _runs(attributes)]
    hashes = sorted({_hash(text) for text in inline})
    loose = panel or bool(_STYLE_ATTRIBUTE.search(_SCRIPT.sub("", page)))
    styles = ["'unsafe-inline'"] if loose else sorted({_hash(text) for text in _STYLE.findall(page)})
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *(["'unsafe-eval'"] if panel else []), *hashes]),
            " ".join(["style-src 'self'", *styles]),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


def _runs(attributes: str) -> bool:
    """Whether a script element holds code, not data or an address."""
    kind = re.search(r'\btype="([^"]*)"', attributes)
    return not re.search(r"\bsrc=", attributes) and (kind is None or "javascript" in unescape(kind.group(1)))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = _META.sub("", path.read_text(encoding="utf-8"))
        charset = _CHARSET.search(page)
        if charset is None:
            continue  # the theme's templates, which lie below _static
        meta = f'\n    <meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
        path.write_text(page[: charset.end()] + meta + page[charset.end() :], encoding="utf-8")


def setup(app: Sphinx) -> None:
    # After all that still changes a page.
    app.connect("build-finished", _write, priority=950)

"""Where the parts of the project lie. No other module spells a path of the checkout."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"
DATA = ROOT / "data"
BUILD = ROOT / "_build"
HTML = BUILD / "html"
SITE = ROOT / "site"
WIDGET_RUNTIME = ROOT / "node_modules" / "@jupyter-widgets" / "html-manager" / "dist"
SEARCH_ENGINE = ROOT / "node_modules" / "minisearch" / "dist" / "umd" / "index.js"

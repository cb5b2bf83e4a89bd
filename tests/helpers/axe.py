"""What axe finds wrong on a page: whether it can be used by everyone."""

from playwright.sync_api import Page

from helpers.chromium import FRAME
from zhenzhi import paths

_AXE = paths.ROOT / "node_modules" / "axe-core" / "axe.min.js"

#: WCAG 2.2 at level AA, and what axe calls best practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

#: Of these, the rules that look at colours or at what stands for a picture: with the theme nothing else changes.
_OF_THEME = """rules => axe.getRules(rules)
  .filter(({ tags }) => tags.includes("cat.color") || tags.includes("cat.text-alternatives")).map(({ ruleId }) => ruleId)"""

#: The colour of the text, two frames after the theme was changed.
_INK = (
    """async () => {
  """
    + 2 * FRAME
    + """
  return getComputedStyle(document.body).color;
}"""
)


def in_both_themes(page: Page, where: str = "") -> list[str]:
    """What is wrong on a page as it is now, light and dark; it is left light."""
    if not page.evaluate("'axe' in window"):
        assert _AXE.is_file(), "axe-core is missing; run `make setup`, which fetches it with npm"
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found, inks = [], set()
    for theme, rules in (("dark", page.evaluate(_OF_THEME, _RULES)), ("light", _RULES)):
        page.emulate_media(color_scheme=theme)
        inks.add(page.evaluate(_INK))
        found += _violations(page, rules, f"{where}, {theme}")
    assert len(inks) == 2, "the page does not follow the theme"
    return found


def _violations(page: Page, rules: list[str], where: str) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{where}: {rule['id']} at {node['target']}: {node['html'][:120]}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]

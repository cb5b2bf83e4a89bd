"""The content security policy of every page of the built book."""

import re


def test_every_page_has_a_policy_and_only_pages_with_a_widget_allow_eval(html):
    for path in html.rglob("*.html"):
        if "_static" in path.parts:
            continue
        page = path.read_text(encoding="utf-8")
        rules = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        assert len(rules) == 1, path.name
        assert rules[0].startswith("default-src 'none'; script-src 'self'")
        has_widget = "application/vnd.jupyter.widget-view+json" in page
        assert ("unsafe" in rules[0]) == has_widget, path.name
        assert page.index("Content-Security-Policy") < page.index("<script")

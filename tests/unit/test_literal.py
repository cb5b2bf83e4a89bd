"""Text of the data on its way into a page."""

import pytest

from zhenzhi.sphinxext.inline.literal import is_web_address, literal


def test_text_of_the_data_is_literal_but_for_its_references():
    assert literal("a *b*  <i>\n{claim}`x-y|word`: `c`") == r"a \*b\* \<i\> {claim}`x-y|word`\: \`c\`"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org", "", None]
)
def test_only_web_addresses_become_links(url):
    assert not is_web_address(url)
    assert is_web_address("https://example.org/a") and is_web_address("HTTP://example.org")

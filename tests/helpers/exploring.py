"""Claims with hostile words, and what the explorer makes of claims, as its tests need them."""

import pandas as pd

HOSTILE = '</script><img src=x onerror="document.title=\'harmed\'"><!-- "a", b'


def hostile_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """Three claims of which the first has HTML, quotes and line breaks in its words."""
    taken = claims.head(3).copy()
    taken.loc[taken.index[0], ["label_en", "note_en", "as_written"]] = [HOSTILE, f"{HOSTILE}\nend", "<b>1</b>"]
    return taken


def options(content: dict, key: str) -> dict[str, list[str]]:
    """The values that each claim has of a facet."""
    facet = next(facet for facet in content["facets"] if facet["key"] == key)
    values = [option["value"] for option in facet["options"]]
    return dict(zip(content["table"]["claim_id"], [[values[n] for n in own] for own in facet["of"]], strict=True))

"""What the card of a governance model lists: its parts by what they are in it, and what is counted of it."""

from zhenzhi.book.edition import Edition

#: Rows of a card: the label, and the role of the parts that it lists.
ROWS = (
    ("card-leads", "leader"),
    ("card-units", "unit"),
    ("card-components", "component"),
    ("card-actors", "actor"),
    ("card-instruments", "instrument"),
    ("card-feedback", "feedback"),
)


def counted(edition: Edition, model_id: str) -> tuple[str, list[str]] | None:
    """What is counted of a model beside what its parts show: a label, and a line for each rung, whose figures are references.

    There are no lines where nothing is counted, and there is nothing at all where the parts show everything.
    """
    own = edition.claims_in(model_id)
    own = own[own["repeats"].isna()]
    if own.empty:
        return "card-counted", []
    rest = own[~own.index.isin(set(edition.parts_of(model_id)["claim_id"].dropna()))]
    if rest.empty:
        return None
    lines = []
    for rung in dict.fromkeys(rest["rung"]):
        figures = edition.listing(
            edition.local(claim, "label") + edition.aside(f"{{claim}}`{claim_id}`")
            for claim_id, claim in rest[rest["rung"] == rung].iterrows()
        )
        lines.append(edition.label("named-sentence", name=edition.label(f"rung-{rung}"), text=figures))
    return "card-counted" if len(rest) == len(own) else "card-counted-besides", lines

"""One pass over a text: its state, and how what is found is written down."""

from zhenzhi.scan.context import Context
from zhenzhi.scan.normal import normalise
from zhenzhi.scan.patterns import BEHIND, BLANKS, CAPTION, STOPS
from zhenzhi.scan.result import Claim, Numeral
from zhenzhi.scan.words import words

#: What may be part of a plan, or its name.
_PARTS, _OF_PLANS = (
    frozenset(("duration", "count-of-components")),
    frozenset(("duration", "count-of-components", "label")),
)


class Reader:
    """The state of one pass over a text."""

    def __init__(self, text: str):
        self.source = text
        self.normal = normalise(text)
        # With a line end behind it, so that there is always a next character to look at.
        self.text = self.normal.text + "\n"
        self.words = words()
        self.context = Context(self.text, self.words)
        self.claims: list[Claim] = []
        self.numerals: list[Numeral] = []
        self.done = 0
        #: The change told last: its end, sign and comparison; lists carry its verb on.
        self.told: tuple[int, int, str | None] | None = None
        self.counted = -1
        #: Where the sentence ends that was last looked at for a definition by bounds, and whether it is one.
        self.defined, self.defining = 0, False
        #: Where the last count of parts ends into which something is said to be divided.
        self.divided = 0
        #: Where the rank told last ends.
        self.ranked = -1
        #: By a classifier, the unit that it stood for last, and in which sentence.
        self.told_by: dict[str, tuple[str | None, int]] = {}
        #: Where the last amount of money stands: a figure without a unit after it in its sentence is one too.
        self.money = -1
        #: The share told last: its end, and whether it was one of growth.
        self.last_rate = (-9, False)

    def _numeral(self, start: int, end: int, reason: str) -> int:
        first, last = self.normal.span(start, end)
        written = self.source[first:last]
        if last - first != end - start:
            written = "".join(written.split())
        self.numerals.append(Numeral(first, last, written, reason))
        self.done = end
        return end

    def _claim(
        self,
        start: int,
        end: int,
        value: str | None,
        high: str | None,
        unit: str | None,
        qualifier: str,
        kind: str,
        rule: str,
        confidence: float,
        comparison: str | None = None,
        status: str | None = None,
    ) -> int:
        first, last = self.normal.span(start, end)
        written = self.source[first:last]
        if last - first != end - start or " " in written or "\n" in written:
            written = "".join(written.split())
        context = self.context
        if status is None:
            status = context.plans.status(start, end)
            running = self.words.running.search(context.clause(start)) if kind in _OF_PLANS else None
            if running and status == "planned" and kind == "label":
                status = "reported"  # 深化“万名党员进党校”
            elif not running and kind in _PARTS and context.plans.parts_of_plans(start, end):
                status = "planned"
        self.claims.append(
            Claim(
                first,
                last,
                written,
                value,
                high,
                unit,
                qualifier,
                kind,
                comparison,
                context.period,
                status,
                confidence,
                rule,
                context.place_at(start),
            )  # fmt: skip
        )
        self.done = end
        return end

    def _unit_at(self, place: int) -> str:
        """The longest word that writes a unit at an offset; empty where there is none."""
        text, known = self.text, self.words.unit_words
        pair = text[place : place + 2]
        lengths = self.words.unit_lengths.get(pair)
        if lengths is None:
            return pair[:1] if pair[:1] in known else ""
        for length in lengths:
            word = text[place : place + length]
            if word in known:
                return word
        return ""

    def _suffix(self, place: int) -> str:
        """左右, 以上 and the like at an offset."""
        for length in (3, 2):
            word = self.text[place : place + length]
            if word in BEHIND:
                return word
        return ""

    def _captioned(self, at: int, end: int) -> bool:
        """Whether a number is that of a picture, a table, an annex: 图1, 附件2."""
        if CAPTION.search(self.text, max(self.done, at - 3), at) is None:
            return False
        parted = self.source[self.normal.span(at, end)[1] :][:1] in BLANKS  # 附件1 图2
        return parted or not self._unit_at(end)

    def _borne(self, at: int, end: int) -> int:
        """案例一, 地块2: a number that the noun before it bears; 0 where none does."""
        text, known = self.text, self.words
        noun = known.numbered_noun.search(text, max(self.done, at - 4), at)
        if noun is None or end - at > 2 or self._unit_at(end):
            return 0
        reason = known.numbered[noun.group()]
        return self._numeral(at, end, reason) if reason == "name" or text[end : end + 1] in STOPS else 0

    def _begins_line(self, at: int) -> bool:
        leads = self.text[at - 1]
        return leads in "\n。；" or (
            leads == "(" and self.text[at - 2 : at - 1] in ("\n", "", "。", "；", ";", ":", "，")
        )

    def _of_proportion(self, at: int) -> bool:
        clause = self.text[max(0, at - 20) : at]
        return "比" in clause or "结构" in clause

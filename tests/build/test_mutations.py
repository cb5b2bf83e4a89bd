"""Faults made on purpose: every corruption of one cell or entry is refused by a rule, or the lock of the data tells of it.

``pytest tests/build/test_mutations.py --mutations 2000 -s`` tries more of them and prints how many the rules refuse.
"""

import csv
import io
import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from zhenzhi import paths
from zhenzhi.data import lock, schema, tables
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError

DESCRIPTOR = schema.read_descriptor()
CSV = {resource["path"]: resource for resource in DESCRIPTOR["resources"] if "schema" in resource}
YAML = {
    file: resource
    for resource in DESCRIPTOR["resources"]
    if "schema" not in resource
    for file in ([resource["path"]] if isinstance(resource["path"], str) else resource["path"])
}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

#: Classes of which the rules refuse every case in a table: what they do is never rightly in any cell.
ALWAYS_REFUSED = {"blank at the end", "no-break space", "row twice", "full-width digit"}


class Spoiler:
    """Makes one corruption after another in a copy of the data package."""

    def __init__(self, folder: Path, seed: int):
        self.folder, self.random = folder, random.Random(seed)
        self.tables = {file: list(csv.reader((folder / file).open(encoding="utf-8", newline=""))) for file in CSV}
        self.names = {resource["name"]: [row[0] for row in self.tables[file][1:]] for file, resource in CSV.items()}
        self.entries = {
            file: yaml.safe_load((folder / file).read_text(encoding="utf-8"))
            for file in YAML
        }  # fmt: skip
        self.classes: dict[str, Callable[[], tuple[str, str] | None]] = {
            "value times ten": lambda: self._cell(self._is("number"), lambda cell: cell.replace(".", "") + "0"),
            "one digit": lambda: self._cell(self._is("number", "integer"), self._digit),
            "sign": lambda: self._cell(self._is("number"), lambda cell: cell[1:] if cell[0] == "-" else "-" + cell),
            "unit": lambda: self._cell(
                lambda field, _: field["name"] == "unit", lambda cell: self._other("units", cell)
            ),
            "another word": lambda: self._cell(self._has_words, None),
            "another ID": lambda: self._cell(self._leads_elsewhere, None),
            "two cells swapped": self._swap,
            "date after publication": lambda: self._cell(
                lambda field, _: field["name"] in schema.EDTF_COLUMNS, lambda cell: "2031-05"
            ),
            "offset by one": lambda: self._cell(
                lambda field, _: field["name"] in ("start", "end"),
                lambda cell: str(int(cell) + self.random.choice((-1, 1))),
            ),
            "full-width digit": lambda: self._cell(
                lambda field, _: field["name"] not in schema.QUOTING_COLUMNS and not field["name"].endswith("_zh"),
                lambda cell: cell.translate(FULL_WIDTH),
            ),
            "blank at the end": lambda: self._cell(lambda field, _: True, lambda cell: cell + " "),
            "no-break space": lambda: self._cell(lambda field, _: True, lambda cell: cell[:1] + "\u00a0" + cell[1:]),
            "row removed": lambda: self._rows(lambda rows, number: rows.pop(number)),
            "row twice": lambda: self._rows(lambda rows, number: rows.append(rows[number])),
            "flag": lambda: self._cell(self._is("boolean"), lambda cell: "false" if cell == "true" else "true"),
            "YAML: texts swapped": self._swap_texts,
            "YAML: entry removed": self._remove_entry,
            "YAML: another claim": self._another_claim,
            "YAML: no-break space": lambda: self._text(lambda text: text[:1] + "\u00a0" + text[1:]),
        }

    # Tables

    def _is(self, *types: str) -> Callable[[dict, dict], bool]:
        return lambda field, _: field["type"] in types

    def _has_words(self, field: dict, resource: dict) -> bool:
        return len(field.get("constraints", {}).get("enum", ())) > 1

    def _leads_elsewhere(self, field: dict, resource: dict) -> bool:
        return any(foreign["fields"] == [field["name"]] for foreign in resource["schema"].get("foreignKeys", []))

    def _other(self, table: str, cell: str) -> str:
        return self.random.choice([name for name in self.names[table] if name != cell] or [cell])

    def _digit(self, cell: str) -> str:
        places = [place for place, character in enumerate(cell) if character.isdigit()]
        place = self.random.choice(places)
        digit = self.random.choice([digit for digit in "123456789" if digit != cell[place]])
        return cell[:place] + digit + cell[place + 1 :]

    def _columns(self, wanted: Callable[[dict, dict], bool]) -> list[tuple[str, int, dict]]:
        return [
            (file, column, field)
            for file, resource in CSV.items()
            for column, field in enumerate(resource["schema"]["fields"])
            if wanted(field, resource) and any(row[column] for row in self.tables[file][1:])
        ]

    def _cell(self, wanted: Callable, change: Callable[[str], str] | None) -> tuple[str, str] | None:
        file, column, field = self.random.choice(self._columns(wanted))
        rows = [list(row) for row in self.tables[file]]
        number = self.random.choice([number for number, row in enumerate(rows) if number and row[column]])
        cell = rows[number][column]
        if change is None:
            words = field.get("constraints", {}).get("enum")
            if words:
                rows[number][column] = self.random.choice([word for word in words if word != cell])
            else:
                foreign = next(f for f in CSV[file]["schema"]["foreignKeys"] if f["fields"] == [field["name"]])
                target = foreign["reference"]["resource"] or CSV[file]["name"]
                rows[number][column] = self._other(target, cell)
        else:
            rows[number][column] = change(cell)
        return file, _written(rows)

    def _swap(self) -> tuple[str, str] | None:
        file, column, _ = self.random.choice(self._columns(lambda field, _: True))
        rows = [list(row) for row in self.tables[file]]
        numbers = [number for number, row in enumerate(rows) if number and row[column]]
        if len(numbers) < 2:
            return None
        one, other = self.random.sample(numbers, 2)
        rows[one][column], rows[other][column] = rows[other][column], rows[one][column]
        return file, _written(rows)

    def _rows(self, change: Callable[[list, int], object]) -> tuple[str, str] | None:
        file = self.random.choice([file for file in CSV if len(self.tables[file]) > 1])
        rows = list(self.tables[file])
        change(rows, self.random.randrange(1, len(rows)))
        return file, _written(rows)

    # YAML

    def _copy(self) -> tuple[str, object, list]:
        file = self.random.choice(list(YAML))
        content = json.loads(json.dumps(self.entries[file]))
        values = [path for path, text in schema.leaves(content) if path[-1] != text]
        return file, content, values

    def _text(self, change: Callable[[str], str]) -> tuple[str, str] | None:
        file, content, values = self._copy()
        path = self.random.choice(values)
        _put(content, path, change(_get(content, path)))
        return file, json.dumps(content, ensure_ascii=False)

    def _swap_texts(self) -> tuple[str, str] | None:
        file, content, values = self._copy()
        language = self.random.choice(("en", "zh"))
        own = [path for path in values if path[-1] in (language, f"note_{language}")]
        if len(own) < 2:
            return None
        one, other = self.random.sample(own, 2)
        first, second = _get(content, one), _get(content, other)
        _put(content, one, second)
        _put(content, other, first)
        return file, json.dumps(content, ensure_ascii=False)

    def _remove_entry(self) -> tuple[str, str] | None:
        file, content, _ = self._copy()
        del content[
            self.random.choice(list(content)) if isinstance(content, dict) else self.random.randrange(len(content))
        ]
        return file, json.dumps(content, ensure_ascii=False)

    def _another_claim(self) -> tuple[str, str] | None:
        file, content, values = self._copy()
        own = [path for path in values if _get(content, path) in self.names["claims"]]
        if not own:
            return None
        path = self.random.choice(own)
        _put(content, path, self._other("claims", _get(content, path)))
        return file, json.dumps(content, ensure_ascii=False)


def _written(rows: list) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _get(content, path: list):
    for key in path:
        content = content[key]
    return content


def _put(content, path: list, value) -> None:
    _get(content, path[:-1])[path[-1]] = value


@pytest.fixture
def read_once(monkeypatch):
    """A file that is as before is read once: of the package only the spoilt file is read anew."""
    for name in ("read_table", "read_yaml"):
        read, known = getattr(schema, name), {}

        def reading(file, text, contract, problems, read=read, known=known):
            if (file, text) not in known:
                own: list[str] = []
                known[file, text] = read(file, text, contract, own), own
            found, own = known[file, text]
            problems += own
            return found

        monkeypatch.setattr(schema, name, reading)


def test_every_corruption_is_refused_or_told(tmp_path, read_once, request):
    folder = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    whole = tables.load(folder)
    locked = {file: digests(whole, file) for file in {**CSV, **YAML}}
    spoiler = Spoiler(folder, seed=request.config.getoption("mutation_seed"))
    tried, refused, silent = Counter(), Counter(), []
    passed: dict[str, list[str]] = defaultdict(list)
    kinds = list(spoiler.classes)
    for number in range(request.config.getoption("mutations")):
        kind = kinds[number % len(kinds)]
        made = spoiler.classes[kind]()
        if made is None:
            continue
        file, text = made
        path = folder / file
        before = path.read_text(encoding="utf-8")
        if text == before:
            continue
        path.write_text(text, encoding="utf-8")
        try:
            spoilt = tables.load(folder)
        except DataError:
            tried[kind] += 1
            refused[kind] += 1
        else:
            found = digests(spoilt, file)
            if found == locked[file]:
                if not _says_the_same(file, before, text):
                    silent.append((kind, file))
            else:
                tried[kind] += 1
                odd = dict(found.items() ^ locked[file].items())
                passed[kind].append(", ".join(f"{file} {key}" for file, key in sorted(odd)))
        finally:
            path.write_text(before, encoding="utf-8")
    for kind in kinds:
        print(f"{kind:<26}{refused[kind]:>5} of {tried[kind]:>4} refused, the others told by the lock")
        for name in passed[kind][:3]:
            print(f"    told: {name[:110]}")
    print(f"{'all':<26}{refused.total():>5} of {tried.total():>4}")
    assert silent == []
    assert tried.total() > 0.8 * request.config.getoption("mutations")
    assert {kind: tried[kind] - refused[kind] for kind in ALWAYS_REFUSED if tried[kind] > refused[kind]} == {}
    assert refused.total() > tried.total() / 2


def digests(data: Tables, file: str) -> dict[tuple[str, str], str]:
    """What the lock would hold of one file; of the others it holds the same as before."""
    name = {**CSV, **YAML}[file]["name"]
    frames, content = ({key: one for key, one in held.items() if key == name} for held in (data.frames, data.yaml))
    return lock.digests(replace(data, frames=frames, yaml=content))


def _says_the_same(file: str, before: str, after: str) -> bool:
    """Whether a corruption changed nothing: two texts that were swapped were one."""
    if file in CSV:
        return before == after
    return yaml.safe_load(before) == yaml.safe_load(after)

"""Numbers of benchmarks beside those of the last release."""

import sys

from zhenzhi import paths

sys.path.insert(0, str(paths.ROOT / "benchmarks"))

import kept


def test_numbers_stand_beside_those_of_the_newest_version(tmp_path):
    file = tmp_path / "kept.csv"
    file.write_text("version,benchmark,measure,value,unit\n")
    kept.keep("0.9.0", "data", {"load": (2.0, "s")}, file)
    kept.keep("0.10.0", "data", {"load": (1.0, "s"), "audit": (3.0, "s")}, file)
    kept.keep("0.10.0", "data", {"load": (1.5, "s")}, file)
    rows = kept.read(file)
    assert [(row["version"], row["measure"], row["value"]) for row in rows] == [
        ("0.9.0", "load", "2"), ("0.10.0", "load", "1.5"),
    ]  # fmt: skip
    slower, new, same = kept.compared("data", {"load": (3.0, "s"), "more": (1.0, "s")}, rows) + kept.compared(
        "data", {"load": (1.5, "s")}, rows
    )
    assert slower.split() == ["load", "3.00", "s", "0.10.0:", "1.50", "2.00", "slower"]
    assert new.split() == ["more", "1.00", "s"]
    assert same.split() == ["load", "1.50", "s", "0.10.0:", "1.50", "1.00"]


def test_what_is_kept_can_be_read():
    for row in kept.read():
        assert float(row["value"]) > 0
        assert kept.last(kept.read(), row["benchmark"], row["measure"]) is not None

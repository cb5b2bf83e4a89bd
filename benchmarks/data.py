"""Measures loading and validating the data package beside frictionless, and the audit on synthetic checks.

Prints the time to load and validate the project's own package beside ``frictionless validate`` of the same tables, as a
ratio, and time and memory of the audit for 1,000 to 100,000 synthetic checks. Nothing here is asserted.
"""

import json
import random
import time
import tracemalloc
from pathlib import Path
from types import MappingProxyType

import frictionless
import pandas as pd

import kept
from zhenzhi import audit, paths
from zhenzhi.data import tables
from zhenzhi.data.tables import Tables

SIZES = (1_000, 10_000, 100_000)
REPEATS = 5


def best(function) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return min(times)


def frictionless_validate(folder: Path = paths.DATA) -> None:
    """Validates the tabular resources of the package."""
    descriptor = json.loads((folder / tables.DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["resources"] = [resource for resource in descriptor["resources"] if "schema" in resource]
    report = frictionless.Package.from_descriptor(descriptor, basepath=str(folder)).validate()
    assert report.valid, report.to_summary()


def synthetic(size: int) -> Tables:
    """Tables with ``size`` checks, each of a share of its own whole, with the units and labels of the project."""
    own = tables.load()
    source = random.Random(size)
    template = own.claims.loc["jj17-events"].to_dict()
    rows, checks = [], []
    for number in range(size):
        whole = source.randint(50, 20_000)
        percent = round(100 * source.randint(0, whole) / whole, 2)
        rows.append({**template, "claim_id": f"whole-{number}", "value": whole, "as_written": f"{whole}件"})
        share = {"claim_id": f"share-{number}", "value": percent, "as_written": f"{percent:.2f}%"}
        rows.append({**template, **share, "unit": "percent", "kind": "share"})
        checks.append(
            {
                "check_id": f"check-{number}",
                "type": "share",
                "name": {"en": "share", "zh": "占比"},
                "claims": {"whole": f"whole-{number}", "share": f"share-{number}"},
            }
        )
    claims = pd.DataFrame(rows, dtype=object).set_index("claim_id", drop=False)
    claims = claims.astype(object).where(claims.notna(), None)
    frames = MappingProxyType({**own.frames, "claims": claims})
    return Tables(own.folder, frames, MappingProxyType({**own.yaml, "checks": checks}))


def main() -> None:
    ours, theirs = best(tables.load), best(frictionless_validate)
    measured = {"load the data package": (ours, "s"), "load, share of frictionless": (ours / theirs, "")}
    print("loading and validating the data package")
    print(f"{'zhenzhi':>12}{'frictionless':>16}{'ratio':>8}")
    print(f"{ours:>10.2f} s{theirs:>14.2f} s{ours / theirs:>8.2f}")
    print()
    print("the audit on synthetic checks")
    print(f"{'checks':>10}{'s':>10}{'µs/check':>12}{'peak MB':>10}")
    for size in SIZES:
        made = synthetic(size)
        began = time.perf_counter()
        results = audit.run(made)
        seconds = time.perf_counter() - began
        assert len(results) >= size
        print(f"{size:>10,}{seconds:>10.2f}{1e6 * seconds / size:>12.0f}{_peak(made):>10.0f}")
        measured[f"audit of {size:,} synthetic checks"] = (seconds, "s")
    kept.tell("data", measured)


def _peak(made: Tables) -> float:
    """Peak memory of a run in MB, measured in a run of its own because measuring slows it down."""
    if len(made.checks) > 10_000:
        made = Tables(made.folder, made.frames, MappingProxyType({**made.yaml, "checks": made.checks[:10_000]}))
        scale = 10
    else:
        scale = 1
    tracemalloc.start()
    audit.run(made)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return scale * peak / 1e6


if __name__ == "__main__":
    main()

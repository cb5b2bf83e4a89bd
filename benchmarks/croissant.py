"""Has mlcroissant validate the Croissant description of the data package, and load every table by it.

The exit status is 1 where it finds a fault, or reads other rows than the tables have.
"""

import sys
import tempfile
from pathlib import Path

import mlcroissant

from zhenzhi import paths
from zhenzhi.data import tables
from zhenzhi.takeaway import croissant, data_files


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "data"
        data_files.write_package(paths.ROOT, package)
        data_set = mlcroissant.Dataset(jsonld=str(package / croissant.FILE))
        read = {table.uuid: sum(1 for _ in data_set.records(table.uuid)) for table in data_set.metadata.record_sets}
    issues = data_set.metadata.ctx.issues
    frames = tables.load(paths.DATA).frames
    faults = [*sorted(issues.errors), *sorted(issues.warnings)]
    faults += [
        f"{name}: {read.get(name)} rows, expected {len(frame)}"
        for name, frame in frames.items()
        if read.get(name) != len(frame)
    ]
    print("\n".join(faults) or f"no fault; {sum(read.values())} rows of {len(read)} tables are read as they stand")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())

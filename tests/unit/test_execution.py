"""The execution of notebooks, without a notebook being executed."""

from concurrent.futures import CancelledError, ThreadPoolExecutor
from threading import Event, Timer

import pytest
from nbclient.exceptions import DeadKernelError

from zhenzhi import paths
from zhenzhi.building import execute
from zhenzhi.building.execute import Execution
from zhenzhi.errors import BuildError

pytestmark = pytest.mark.slow


def test_whoever_waits_is_told_when_a_build_ends_before_its_notebooks_began(monkeypatch, tmp_path, english):
    free = Event()
    monkeypatch.setattr(Execution, "_make", lambda self, name: free.wait())
    with ThreadPoolExecutor(1) as beside, ThreadPoolExecutor(2) as pool:
        with pytest.raises(ValueError, match="something else"):
            with Execution(paths.ROOT, english, tmp_path / "store", tmp_path / "cache", pool) as execution:
                execution.begin()
                waiting = beside.submit(execution.wait)
                Timer(0.5, free.set).start()
                raise ValueError("something else")
        assert isinstance(waiting.exception(timeout=20), CancelledError)


def test_a_cell_that_fails_is_named_with_its_page_as_it_lies_in_the_project(monkeypatch, tmp_path, english):
    def die(self, **_):
        self.at = [cell.cell_type for cell in self.nb.cells].index("code")
        raise DeadKernelError("it died")

    monkeypatch.setattr(execute._Client, "execute", die)
    with ThreadPoolExecutor(1) as pool:
        with Execution(paths.ROOT, english, tmp_path / "store", tmp_path / "cache", pool) as execution:
            for name in ("index", "chapters/lishui"):
                with pytest.raises(BuildError, match=rf"^{name}\.md, code cell 1 of "):
                    execution._make(name)

"""Whoever builds or releases holds a lock: others wait, or are told, and a process that is killed holds none."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zhenzhi.building.lock import only_one
from zhenzhi.errors import ZhenzhiError
from zhenzhi.interrupts import undisturbed

HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom zhenzhi.building.lock import only_one\n"
    "with only_one(Path(sys.argv[1]), 'a build'):\n    print('held', flush=True)\n    time.sleep(float(sys.argv[2]))\n"
)


def holder(file: Path, seconds: float) -> subprocess.Popen:
    """A process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(file), str(seconds)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.slow
def test_the_second_waits_and_says_for_whom(tmp_path, capsys):
    file = tmp_path / "new" / "lock"
    with holder(file, 1) as other:
        began = time.monotonic()
        with only_one(file, "another"):
            assert time.monotonic() - began > 0.5
    assert f"Waiting for a build (process {other.pid}), which is at work here" in capsys.readouterr().out


@pytest.mark.slow
def test_who_does_not_wait_is_told(tmp_path):
    with holder(tmp_path / "lock", 30) as other:
        with pytest.raises(ZhenzhiError, match=rf"a build \(process {other.pid}\) is at work here"):
            with only_one(tmp_path / "lock", "another", wait=False):
                pass
        other.kill()


@pytest.mark.slow
def test_a_process_that_is_killed_holds_nothing(tmp_path, capsys):
    with holder(tmp_path / "lock", 30) as other:
        other.kill()
    with only_one(tmp_path / "lock", "another", wait=False):
        assert capsys.readouterr().out == ""


def test_where_nothing_can_be_written_the_file_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ZhenzhiError, match="lock cannot be written: "):
        with only_one(tmp_path / "file" / "lock", "a build"):
            pass


@pytest.fixture
def heard():
    """An interrupt is heard, also where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_what_must_not_be_cut_short_is_not(heard):
    done = False
    with pytest.raises(KeyboardInterrupt), undisturbed():
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        done = True
    assert done

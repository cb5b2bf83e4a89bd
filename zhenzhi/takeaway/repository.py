"""The address of the project's repository: one setting, ``repository: url`` in ``_config.yml``, which may be absent."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from zhenzhi import DEVELOPMENT, __version__, citing, project
from zhenzhi.errors import BuildError

_BINDER = "https://mybinder.org/v2"
_COLAB = "https://colab.research.google.com/github"

#: Branch of the repository to which the notebooks zip of each release is unpacked, under its version.
_BRANCH = "notebooks"

#: Where the states between releases are written.
_MAIN = "main"

#: Hosts whose repositories are an owner and a name; GitLab's may lie in groups within groups.
_OWNED = ("github.com", "gitee.com", "codeberg.org")

#: Where the path of a repository ends and that of a page of its host begins.
_PAGE = re.compile(r"/(?:-|tree|blob|src|raw|commits?|releases|tags|issues|pulls|wiki)(?:/.*)?$")


def address(root: Path) -> str:
    """The repository that ``_config.yml`` names; empty where it names none.

    Raises:
        BuildError: it is not the address of a repository that can be cloned; the text gives the right form.
    """
    settings = project.settings(root)
    given = str((settings.get("repository") or {}).get("url") or "").strip()
    if not given:
        return ""
    right = _right_form(given)
    if given.rstrip("/").removesuffix(".git") != right:
        raise BuildError(
            f"_config.yml, repository: url: {given!r} is not the address of a repository; expected "
            f"{right or 'https://HOST/OWNER/NAME'!r}"
        )
    return right


def _right_form(given: str) -> str:
    """The address of the repository that was meant; empty where none can be seen."""
    ssh = re.fullmatch(r"(?:ssh://)?git@([^:/]+)[:/](.+)", given)
    parts = urlsplit(f"https://{ssh[1]}/{ssh[2]}" if ssh else given if "://" in given else f"https://{given}")
    host = (parts.hostname or "").removeprefix("www.")
    host = f"{host}:{parts.port}" if parts.port else host
    segments = _PAGE.sub("", parts.path.rstrip("/")).removesuffix(".git").strip("/").split("/")
    if host in _OWNED:
        segments = segments[:2]
    if "." not in host or not all(segments) or len(segments) < 2:
        return ""
    return f"https://{host}/{'/'.join(segments)}"


def revision() -> str:
    """What names this version in the repository: the tag of a release, or the branch of what lies between two."""
    return _MAIN if citing.in_site() == DEVELOPMENT else f"v{__version__}"


def binder(url: str, page: str) -> str:
    """The address at which Binder opens a chapter of this version.

    Args:
        url: the repository, at any host that Binder can clone from.
        page: the name of the chapter's page.
    """
    host, path = urlsplit(url).netloc, urlsplit(url).path.strip("/")
    known = {"github.com": f"gh/{path}", "gitlab.com": f"gl/{quote(path, safe='')}"}
    where = known.get(host, f"git/{quote(url, safe='')}")
    return f"{_BINDER}/{where}/{revision()}?urlpath={quote(f'lab/tree/{page}.md', safe='')}"


def colab(url: str, page: str) -> str | None:
    """The address at which Colab opens a chapter's notebook of this version; nothing for another host than GitHub."""
    host, path = urlsplit(url).netloc, urlsplit(url).path.strip("/")
    return f"{_COLAB}/{path}/blob/{_BRANCH}/{citing.in_site()}/{page}.ipynb" if host == "github.com" else None


def local(url: str) -> str:
    """The commands that open the chapters of this version on a reader's own machine."""
    name = urlsplit(url).path.rpartition("/")[2]
    return f"git clone --branch {revision()} {url}\ncd {name}\nmake lab"

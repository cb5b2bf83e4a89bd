"""The server of the built book: the book and nothing else, for this machine alone."""

import http.client
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from helpers.chromium import serving
from zhenzhi.building.serve import server
from zhenzhi.errors import ZhenzhiError


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    (folder / "chapters").mkdir(parents=True)
    (folder / "index.html").write_text("home")
    (folder / "chapters" / "a.html").write_text("a")
    (tmp_path / "secret").write_text("secret")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "chapters" / "out").symlink_to(tmp_path)
    return folder


def status(address: str, path: str, host: str = "") -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path, headers={"Host": host} if host else {})
    return connection.getresponse().status


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", 200),
        ("/chapters/a.html?q=1", 200),
        ("/chapters/", 404),
        ("/link", 404),
        ("/chapters/out/secret", 404),
        ("/../secret", 404),
        ("/%2e%2e/secret", 404),
        ("/a%00b", 404),
        ("/nothing.html", 404),
    ],
)
def test_only_files_of_the_book_are_served(book, path, expected, capfd):
    with serving(server(book)) as address:
        assert status(address, path) == expected
    assert "Traceback" not in capfd.readouterr().err


def test_a_request_for_another_host_is_refused(book):
    with serving(server(book)) as address:
        port = urlsplit(address).port
        assert status(address, "/", f"localhost:{port}") == 200
        assert status(address, "/", f"example.org:{port}") == 403
        assert status(address, "/", "example.org") == 403


@pytest.mark.parametrize("port", [-1, 99999])
def test_a_port_that_there_is_not_is_refused(book, port):
    with pytest.raises(ZhenzhiError, match=f"port {port} cannot be used: expected one from 0 to 65535"):
        server(book, port)


def test_a_folder_without_a_book_is_refused(tmp_path):
    with pytest.raises(ZhenzhiError, match="there is no book"):
        server(tmp_path)

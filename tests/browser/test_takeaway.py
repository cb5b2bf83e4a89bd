"""The book as it is taken away, opened from the disk."""

from helpers.chromium import chromium, needs_browser
from helpers.unpacking import unpack
from zhenzhi.takeaway import names


@needs_browser
def test_the_unpacked_book_opens_from_the_disk(downloads, tmp_path):
    unpack(downloads / names.BOOK, tmp_path)
    (folder,) = tmp_path.iterdir()
    assert folder.name == names.BOOK.removesuffix(".zip")
    problems, outside = [], []
    with chromium() as browser:
        page = browser.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
        page.on("request", lambda request: outside.append(request.url))
        for name in (
            "index",
            "chapters/jiujiang-2017",
            "chapters/register/jj17",
            "chapters/downloads",
            "chapters/explorer",
        ):
            page.goto((folder / f"{name}.html").as_uri(), wait_until="load")
            page.wait_for_timeout(500)
            problems += [
                f"{name}: {source} is not shown"
                for source in page.eval_on_selector_all(
                    "img",
                    "all => all.filter(i => i.complete && i.checkVisibility() && !i.naturalWidth).map(i => i.src)",
                )
            ]
    assert problems == []
    assert [url for url in outside if not url.startswith(("file:", "data:", "blob:"))] == []

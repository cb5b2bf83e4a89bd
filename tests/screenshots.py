"""Takes screenshots of every page of the built book for review: wide and phone, light and dark, and as printed.

They go to ``_build/screenshots``; ``--readme`` renews the picture of the README.
"""

import argparse
from pathlib import Path

from helpers.chromium import chromium, serving
from zhenzhi import paths
from zhenzhi.building.serve import server

SIZES = {"wide": (1440, 900), "phone": (390, 844)}
README_PICTURE = paths.ROOT / "images" / "jiujiang-2017.png"


def pages(folder: Path) -> list[str]:
    """The pages of the book, without the machine-made ones."""
    made = {"genindex.html", "search.html"}
    found = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]
    return sorted(page for page in found if page not in made and not page.startswith("_"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="renew the picture of the README only")
    options = parser.parse_args()
    target = paths.BUILD / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    with serving(server(paths.HTML)) as base, chromium() as browser:
        if options.readme:
            _readme(browser, base)
        else:
            _all(browser, base, target)
            _print(browser, base, target)


def _all(browser, base: str, target: Path) -> None:
    for size, (width, height) in SIZES.items():
        for theme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            context.add_init_script(
                f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
            )
            for name in pages(paths.HTML):
                page = context.new_page()
                page.goto(f"{base}/{name}")
                page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
                page.wait_for_load_state("networkidle")
                picture = target / f"{name.removesuffix('.html').replace('/', '-')}-{size}-{theme}.png"
                page.screenshot(path=picture, full_page=True)
                print(picture)
                page.close()
            context.close()


def _print(browser, base: str, target: Path) -> None:
    """Every page as a PDF, on A4."""
    page = browser.new_page()
    for name in pages(paths.HTML):
        page.goto(f"{base}/{name}")
        page.wait_for_load_state("networkidle")
        picture = target / f"{name.removesuffix('.html').replace('/', '-')}-print.pdf"
        page.pdf(path=picture, format="A4", print_background=True)
        print(picture)
    page.close()


def _readme(browser, base: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{base}/chapters/jiujiang-2017.html")
    page.wait_for_load_state("networkidle")
    page.hover("a.zz-figure >> nth=2")
    page.wait_for_selector(".zz-card:popover-open")
    README_PICTURE.parent.mkdir(exist_ok=True)
    page.screenshot(path=README_PICTURE)
    print(README_PICTURE)


if __name__ == "__main__":
    main()

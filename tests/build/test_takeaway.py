"""A repository that is named brings the buttons that launch its notebooks; a site that is named, addresses in full."""

import json

import lxml.html
import nbformat

from helpers.beside import held
from zhenzhi import citing
from zhenzhi.sphinxext.outputs import share
from zhenzhi.takeaway import names, repository


def test_a_repository_and_a_site_that_are_set_bring_launch_buttons_and_addresses(project):
    project.replace("_config.yml", "\nhtml:\n", "\nhtml:\n  baseurl: https://example.org/book\n")
    project.replace(
        "_config.yml",
        "title: Zhenzhi 镇治\nauthor",
        "title: Zhenzhi\nrepository:\n  url: https://github.com/some/book\nauthor",
    )
    built = project.build()
    assert built.returncode == 0, built.stdout + built.stderr
    page = lxml.html.fromstring((project.html / "chapters" / "small.html").read_text(encoding="utf-8"))
    assert [link.text for link in page.find_class("zz-launch") if link.tag == "a"] == [
        "Open in Binder",
        "Open in Colab",
    ]
    site = citing.site("https://example.org/book")
    here = f"{site}chapters/small.html"
    tags = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert page.xpath("//link[@rel='canonical']/@href") == [here] == [tags["og:url"]]
    assert tags["og:image"] == f"{site}{share.FOLDER}/chapters-small.png"
    (shown,) = page.xpath("//figure//details[@class='zz-cite-fold']/div/@data-held")
    assert f"{here}#fig-jj17-grid-staffing" in held(project.html / "chapters" / "small.html")[shown]
    (graph,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(graph)["@graph"][0]["@id"] == here
    assert "git clone" in page.xpath("//details[@class='zz-launch']")[0].text_content()
    register = (project.html / "chapters" / "told.html").read_text(encoding="utf-8")
    assert "zz-launch" not in register
    notebook = nbformat.read(project.html / names.notebook("chapters/small"), 4)
    assert (
        f"git clone --quiet --depth 1 --branch {repository.revision()} https://github.com/some/book"
        in notebook.cells[0].source
    )

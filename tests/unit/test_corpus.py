"""A corpus is scanned into Parquet: every readable file once, whatever stops in between, on this process or on Dask."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from zhenzhi import paths
from zhenzhi.__main__ import main
from zhenzhi.corpus import batch
from zhenzhi.corpus.run import here, run
from zhenzhi.corpus.texts import Unreadable, text_of
from zhenzhi.errors import ZhenzhiError

SENTENCE = "全年共调处民间纠纷{0}件，调处成功{0}件。税收{1}.5亿元，同比增长25%。\n"


def made(folder: Path, count: int) -> Path:
    """A folder of made-up texts, half of them one folder deeper."""
    for number in range(count):
        path = folder / ("deep" if number % 2 else "") / f"text{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SENTENCE.format(100 + number, number), encoding="utf-8")
    return folder


def rows(out: Path, table: str) -> list[dict]:
    found = [row for path in sorted((out / table).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    return sorted(found, key=lambda row: (row["document"], row.get("start") or 0, row.get("rule") or ""))


def silent(_) -> None:
    pass


def pdf(text: str) -> bytes:
    """A PDF of one line of text, as small as can be."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + end


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "共调处纠纷456件".encode()),
        ("a.TXT", b"\xef\xbb\xbf" + "共调处纠纷456件".encode()),
        ("a.md", "共调处纠纷456件".encode("gb18030")),
    ],
)
def test_a_plain_text_is_read_in_the_encodings_that_chinese_texts_have(name, content):
    assert text_of(name, content) == "共调处纠纷456件"


def test_a_pdf_gives_its_layer_of_text():
    assert "456 cases" in text_of("a.pdf", pdf("456 cases"))


def test_a_page_gives_its_article():
    pytest.importorskip("trafilatura")
    article = "".join(
        f"<p>第{number}段：全年共调处民间纠纷{number + 400}件，说明情况如下。</p>" for number in range(12)
    )
    page = f"<html><body><nav><a href='/'>首页</a></nav><article><h1>标题</h1>{article}</article></body></html>"
    text = text_of("a.html", page.encode())
    assert "411件" in text and "<p>" not in text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.docx", b"PK", "unknown ending"),
        ("a.txt", b"\xff\xff\xff", "no text in"),
        ("a.txt", b" \n ", "no text in it"),
        ("a.pdf", b"%PDF-1.4 broken", "Error"),
        ("a.pdf", pdf(""), "no text in it"),
    ],
)
def test_a_file_without_text_says_why(name, content, reason):
    with pytest.raises(Unreadable, match=reason):
        text_of(name, content)


def test_every_file_is_read_once_and_a_bad_one_is_passed_over(tmp_path):
    corpus, out = made(tmp_path / "corpus", 5), tmp_path / "out"
    (corpus / "broken.pdf").write_bytes(b"%PDF broken")
    (corpus / "copy.txt").write_bytes((corpus / "text000.txt").read_bytes())
    (corpus / "picture.png").write_bytes(b"png")
    (corpus / ".hidden.txt").write_text("12件", encoding="utf-8")
    total = run(corpus, out, here, silent, size=2)
    assert (total.files, total.known) == (5, 1)
    assert [path for path, _ in total.unreadable] == ["broken.pdf"]
    assert total.others == {".png": 1}
    documents = rows(out, "documents")
    assert len(documents) == 6
    assert {row["path"] for row in documents if row["error"]} == {"broken.pdf"}
    for row in documents:
        content = (corpus / row["path"]).read_bytes()
        assert row["document"] == hashlib.sha256(content).hexdigest()
        claims = [claim for claim in rows(out, "claims") if claim["document"] == row["document"]]
        assert len(claims) == (row["claims"] or 0)
        if not row["error"]:
            text = content.decode()
            assert claims and all("".join(text[c["start"] : c["end"]].split()) == c["as_written"] for c in claims)
    relations = rows(out, "relations")
    assert len(relations) == total.relations > 0
    assert {row["verdict"] for row in relations} <= {"consistent", "undetermined"}


def test_what_is_no_file_is_passed_over(tmp_path):
    corpus = made(tmp_path / "corpus", 1)
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "again.txt").symlink_to(corpus)
    total = run(corpus, tmp_path / "out", here, silent)
    assert (total.files, [path for path, _ in total.unreadable]) == (1, ["again.txt", "pipe.txt"])


def test_a_corpus_that_is_done_is_not_done_again_and_what_is_new_is(tmp_path):
    corpus, out = made(tmp_path / "corpus", 4), tmp_path / "out"
    run(corpus, out, here, silent, size=2)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")}
    again = run(corpus, out, here, silent, size=2)
    assert (again.files, again.known) == (0, 4)
    (corpus / "more.txt").write_text(SENTENCE.format(999, 9), encoding="utf-8")
    more = run(corpus, out, here, silent, size=2)
    assert (more.files, more.gone) == (1, 0)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_rows_of_a_text_that_changed_stay_and_are_told_of(tmp_path, capsys):
    corpus, out = made(tmp_path / "corpus", 3), tmp_path / "out"
    run(corpus, out, here, silent)
    (corpus / "text000.txt").write_text(SENTENCE.format(999, 9), encoding="utf-8")
    assert main(["scan-corpus", str(corpus), "--out", str(out), "--workers", "1"]) == 0
    assert "keeps the rows of 1 text(s) that" in capsys.readouterr().err
    assert len(rows(out, "documents")) == 4


def test_what_a_killed_run_left_half_done_is_done_again_and_once(tmp_path):
    corpus, out, whole = made(tmp_path / "corpus", 6), tmp_path / "out", tmp_path / "whole"

    def killed(folder, target, batches):
        first, second = next(batches), next(batches)
        yield batch.run(folder, target, first)
        batch.run(folder, target, second)
        (Path(target) / "documents" / f"{batch.name_of(second)}.parquet").unlink()
        (Path(target) / "documents" / "x.coming-1").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(corpus, out, killed, silent, size=2)
    assert run(corpus, out, here, silent, size=3).files == 4  # another size: the batches are cut anew
    run(corpus, whole, here, silent, size=6)
    assert list(out.rglob("*coming*")) == []
    for table in batch.SCHEMAS:
        assert rows(out, table) == rows(whole, table)


def test_a_file_that_changes_meanwhile_is_passed_over(tmp_path):
    corpus, out = made(tmp_path / "corpus", 1), tmp_path / "out"

    def changing(folder, target, batches):
        for files in batches:
            (corpus / files[0].path).write_text("12件", encoding="utf-8")
            yield batch.run(folder, target, files)

    assert run(corpus, out, changing, silent).unreadable == [
        ("text000.txt", "it was changed while the corpus was read")
    ]


@pytest.mark.parametrize(
    ("folder", "out", "size", "message"),
    [
        ("none", "out", 1, "is no folder"),
        ("corpus", "corpus/out", 1, "lies in the corpus"),
        ("corpus", "out", 0, "batch of 0"),
    ],
)
def test_a_run_that_cannot_be_is_refused(tmp_path, folder, out, size, message):
    made(tmp_path / "corpus", 1)
    with pytest.raises(ZhenzhiError, match=message):
        run(tmp_path / folder, tmp_path / out, here, silent, size=size)
    assert not (tmp_path / out).exists()


@pytest.mark.slow
def test_memory_does_not_grow_with_the_corpus(tmp_path):
    import tracemalloc

    run(made(tmp_path / "warm", 4), tmp_path / "warm-out", here, silent, size=4)
    peaks = []
    for count in (20, 80):
        corpus = made(tmp_path / f"corpus{count}", count)
        tracemalloc.start()
        run(corpus, tmp_path / f"out{count}", here, silent, size=4)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0] + 100_000


# On Dask, which is an extra: requirements-corpus.txt.


@pytest.fixture
def cluster():
    """A cluster of two workers on loopback."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.mark.slow
def test_two_workers_of_a_cluster_find_what_one_process_finds(tmp_path, cluster, capsys):
    corpus, out, alone = made(tmp_path / "corpus", 12), tmp_path / "out", tmp_path / "alone"
    (corpus / "broken.pdf").write_bytes(b"%PDF broken")
    (corpus / "letter.docx").write_bytes(b"PK")
    command = ["scan-corpus", str(corpus), "--out", str(out), "--scheduler", cluster.scheduler_address, "--batch", "2"]
    assert main(command) == 0
    output = capsys.readouterr()
    assert output.out.startswith("12 files read into ")
    assert "passed over: broken.pdf: " in output.err
    assert "of other kinds, not read: 1 .docx" in output.err
    run(corpus, alone, here, silent, size=5)
    for table in batch.SCHEMAS:
        assert rows(out, table) == rows(alone, table)
    assert main(command) == 0
    assert capsys.readouterr().out.startswith("0 files read into ")


@pytest.mark.slow
def test_a_run_that_is_killed_is_taken_up_without_doing_work_twice(tmp_path):
    pytest.importorskip("distributed")
    corpus, out = made(tmp_path / "corpus", 40), tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "zhenzhi",
        "scan-corpus",
        str(corpus),
        "--out",
        str(out),
        "--workers",
        "2",
        "--batch",
        "1",
    ]
    process = subprocess.Popen(
        command, cwd=paths.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 240
    while len(list(out.glob("documents/*.parquet"))) < 3:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = {path: path.stat().st_mtime_ns for path in out.glob("documents/*.parquet")}
    run(corpus, out, here, silent, size=7)
    assert {path: path.stat().st_mtime_ns for path in done} == done
    documents = [row["document"] for row in rows(out, "documents")]
    assert len(documents) == len(set(documents)) == 40
    claims = [(row["document"], row["name"]) for row in rows(out, "claims")]
    assert len(claims) == len(set(claims))


def test_without_dask_or_without_a_scheduler_the_command_says_so(tmp_path, capsys):
    corpus = made(tmp_path / "corpus", 1)
    command = ["scan-corpus", str(corpus), "--out", str(tmp_path / "out"), "--scheduler", "nonsense://nowhere"]
    assert main(command) == 1
    error = capsys.readouterr().err
    assert "expected the address of a Dask scheduler" in error or "requirements-corpus.txt" in error

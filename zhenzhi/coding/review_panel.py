"""The page of ``review`` within a notebook: the kernel serves it, and the notebook shows it in a frame.

It needs a browser on the machine of the kernel, as the page answers on the loopback address alone.
"""

from pathlib import Path
from threading import Thread

from IPython.display import IFrame

from zhenzhi import paths
from zhenzhi.coding.review import Review
from zhenzhi.coding.review_page import server


class ReviewPanel(IFrame):
    """The proposed rows of a document, reviewed in the output of a cell.

    The page is served until ``close`` or the end of the kernel.

    Args:
        document_id: the document.
        folder: the texts of the documents.
        height: of the frame, in CSS pixels.
        root: the project.

    Raises:
        ZhenzhiError: there is no such document.
        DataError: the data package breaks its contract, or the text is missing or another one.
    """

    def __init__(self, document_id: str, folder: Path | str, height: int = 720, root: Path = paths.ROOT):
        self._review = Review(root, Path(folder), document_id)
        self._server, path = server(self._review, framed=True)
        Thread(target=self._server.serve_forever, daemon=True).start()
        super().__init__(f"http://127.0.0.1:{self._server.server_port}{path}", "100%", height)

    def close(self) -> None:
        """Ends the page; a decision that is being written is written whole."""
        self._server.shutdown()
        self._server.server_close()
        self._review.finish()

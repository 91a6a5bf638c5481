"""Pictures of pages: of a Word file those of its rendering, where one was made."""

import io
from pathlib import Path

import pytest
from PIL import Image

from pipeline.ingest import sha256_of
from pipeline.readings import FOLDER
from pipeline.settings import Settings
from tests.pipeline.read.word.made import p, write_docx
from web.state.originals import Originals
from web.state.pictures import NoPictureError, Pictures

TAGGED = Path(__file__).parents[2] / "pipeline" / "read" / "libreoffice" / "tagged.pdf"


def test_a_word_file_is_shown_by_its_rendering(tmp_path):
    out, inbox = tmp_path / "out", tmp_path / "inbox"
    inbox.mkdir()
    sha256 = sha256_of(write_docx(inbox / "plan.docx", p("x")))
    originals = Originals(out, inbox, {sha256: "plan.docx"}.get)
    pictures = Pictures(out, originals, Settings())
    assert pictures.sizes(sha256) == []
    with pytest.raises(NoPictureError):
        pictures.page(sha256, 1)

    rendering = out / FOLDER / "office" / f"{sha256}.pdf"
    rendering.parent.mkdir(parents=True)
    rendering.write_bytes(TAGGED.read_bytes())
    assert len(pictures.sizes(sha256)) == 2
    assert Image.open(io.BytesIO(pictures.page(sha256, 2))).width > 500

"""Words that can be none are read once more; all others stay as they were read."""

import numpy as np
import pytest

from pipeline.read.ocr.engine import OcrWord
from pipeline.read.scan.second_reading import read_again
from schemas.geometry import Box

PICTURE = np.full((200, 600), 255, np.uint8)


def word(text: str, x: float, sure: float = 0.95, *, top: float = 40, width: float = 50) -> OcrWord:
    return OcrWord(text, Box(x, top, x + width, top + 20), sure)


class Engine:
    """Reads one text at each size of the picture, over the whole width but for white around it."""

    def __init__(self, *texts: str, sure: float = 0.9, wider: float = 0.0) -> None:
        self.texts, self.sure, self.wider = list(texts), sure, wider
        self.asked: list[tuple[tuple[int, int], float]] = []

    def __call__(self, picture, size):
        self.asked.append((picture.shape, size))
        white = 16  # 0.8 of a word's height of 20
        text = self.texts.pop(0)
        ends = (white - self.wider, picture.shape[1] - white + self.wider)
        box = Box(ends[0], white, ends[1], picture.shape[0] - white)
        return [OcrWord(text, box, self.sure)] if text else []


def texts_of(words, engine) -> list[str]:
    return [one.text for one in read_again(words, PICTURE, engine)]


def test_a_word_that_can_be_none_is_read_again():
    words = [word("Phòng", 20, top=100), word("XxH", 20, 0.4)]
    assert texts_of(words, Engine("XH")) == ["Phòng", "XH"]


def test_it_is_put_where_it_stands():
    (found,) = read_again([word("XxH", 20, 0.4)], PICTURE, Engine("XH"))
    assert found.box == pytest.approx(Box(12, 32, 78, 68), abs=1)


def test_a_smaller_picture_is_tried_where_a_larger_one_does_not_help():
    engine = Engine("XxH", "XH")
    assert texts_of([word("XxH", 20, 0.4)], engine) == ["XH"]
    assert [size for _, size in engine.asked] == [1.5, 0.8]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("XxH", 0.8),  # the engine is sure of it
        ("huyện", 0.1),  # can be a word: at another size it would be as wrong
        ("10m²", 0.1),
        ("--", 0.1),
    ],
)
def test_others_are_not_looked_at(text, sure):
    engine = Engine("XH")
    assert texts_of([word(text, 20, sure)], engine) == [text]
    assert not engine.asked


@pytest.mark.parametrize("engine", [Engine("XxH", "VnH"), Engine("XH", "XH", sure=0.5)])
def test_what_is_no_surer_is_not_taken(engine):
    assert texts_of([word("XxH", 20, 0.4)], engine) == ["XxH"]


def test_what_takes_more_than_its_place_is_not_taken():
    """It was read together with the word beside it, which would stand there twice."""
    words = [word("sở", 20), word("XxH", 75, 0.4)]
    assert texts_of(words, Engine("XH", "XH", wider=10)) == ["sở", "XxH"]


def test_a_page_of_nonsense_is_left():
    """It stands on its head, or is a picture: reading all of it again would take long."""
    words = [word("qu1q2", 20 + 60 * n, 0.3) for n in range(5)]
    engine = Engine("XH")
    assert len(read_again(words, PICTURE, engine)) == 5
    assert not engine.asked

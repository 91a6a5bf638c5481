"""What OCR misreads in the same way again and again, put right where it can mean nothing else.

Signs ("đơn v]"), capitals ("chế đỘ") and tones ("chỉ phí"; `knowledge/slips.yaml`). A slip of a
tone looks right, is sure by Tesseract's own confidence, and is no doubtful word: what is mended
here would else be passed on without a sign. What can be right in two ways stays as it was read.
"""

import re
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from pipeline.knowledge import load_yaml
from pipeline.language.syllables import is_syllable
from pipeline.language.text import fold
from pipeline.plausibility import is_plausible
from pipeline.read.ocr.engine import OcrWord
from schemas.geometry import Box

# An i with a dot beneath, after what a syllable begins with: "v]", "Th]", "b|".
_DOTTED_I = re.compile(
    r"^(\W*)([bcdđhklmnrstvx]|(?:[ckpt]h|[CKPT]h|[nN]g?h|[tT]r))[\]|](?=[^\w\]]*$)"
)
_SPECKS = re.compile(r"[¬ˆ`´'_^¨]+")
_UPRIGHT = 4.0  # times as high as wide
_WAVY_DASH = re.compile(r"~[-–—]*(?!\d)")
_SMUDGE = re.compile(
    r"(?<=[^\W\d_])'(?!\S)|(?<=[^\W_])[`ˆ](?!\S)|(?<!\S)[_'`](?=[^\W_])|(?<=[^\W_])_(?!\S)|(?<=[.,;:])_(?!\S)"
)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CORE = re.compile(r"(\W*)([^\W\d_]+)(\W*)")
_WORD_SPACE = 1.5  # heights of a word: more white parts cells
_LINE_SPACE = 0.6  # heights of a word: more white parts rows, the stack puts 9 points between them
# Capitals that are but larger than their small letters. "Ô Lâm" is a place.
_ROUND = "ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"
_ROUND_WORD = re.compile(rf"[A-ZĐ][{_ROUND}]")
_ALIKE = f"CSVXO{_ROUND}"
_LETTER_OR_DIGIT = re.compile(r".*[a-zà-ỹđ0-9)]")
_MARKER = re.compile(r"\d{1,3}|[a-zđ]\)")  # a row's number: a sentence begins behind it
_GOES_ON = re.compile(r".*[a-zà-ỹđ0-9),]")  # after such a word no sentence begins


class _Slips(Struct, frozen=True):
    """What a word and a pair of words is, by how it is read, folded; and beside which words not.

    `no_names` begin with a capital that is but larger than their small letter, `in_capitals` are
    read whole in such; `names` begin those that rightly bear one.
    """

    words: dict[str, str]
    pairs: dict[tuple[str, ...], tuple[str, ...]]
    before: dict[tuple[str, ...], frozenset[str]]
    after: dict[tuple[str, ...], frozenset[str]]
    no_names: frozenset[str]
    in_capitals: frozenset[str]
    names: tuple[str, ...]


@cache
def _slips() -> _Slips:
    data = load_yaml("slips.yaml")

    def beside(side: str) -> dict[tuple[str, ...], frozenset[str]]:
        return {tuple(pair.split()): frozenset(map(fold, w)) for pair, w in data[side].items()}

    return _Slips(
        words={fold(read): right for right, many in data["words"].items() for read in many},
        pairs={
            tuple(fold(read).split()): tuple(right.split())
            for right, many in data["pairs"].items()
            for read in many
        },
        before=beside("before"),
        after=beside("after"),
        no_names=frozenset(map(str.capitalize, data["no_names"])),
        in_capitals=frozenset(map(str.upper, data["in_capitals"])),
        names=tuple(map(str.capitalize, data["names"])),
    )


def without_specks(words: Sequence[OcrWord]) -> list[OcrWord]:
    """Return the words as they were read without what is none: dirt behind a line, a bit of a rule.

    Before a line the same signs may be a bullet.
    """
    return [
        word
        for word, after in zip_longest(words, words[1:])
        if not (
            _is_bar(word)
            or (_SPECKS.fullmatch(word.text) and (after is None or after.box.x0 < word.box.x0))
        )
    ]


def _is_bar(word: OcrWord) -> bool:
    """Whether a dash is far higher than wide: what is left of an upright rule."""
    return word.text in "_|" and word.box.height > _UPRIGHT * word.box.width


def without_slips(words: Sequence[OcrWord]) -> list[OcrWord]:
    """Return the words as they were read one after the other, with what is surely a slip mended.

    Boxes and confidences stay. Case and punctuation are kept, but for capitals within a word.
    """
    texts = [_cased(_signs(word.text)) for word in words]
    for i, text in enumerate(texts):
        before, after = _around(texts, i)
        about = text == "~" and after[:1].isdigit()  # "~ 50"
        dashed = text if about else _WAVY_DASH.sub("–", text)
        within = i > 0 and not _MARKER.fullmatch(before)
        on = within and _goes_on(words[i - 1].box, words[i].box)
        texts[i] = _round_capitals(dashed, before if on else "", after)
    cores = [_CORE.fullmatch(text) for text in texts]
    for i, core in enumerate(cores):
        if core and (right := _slips().words.get(fold(core[2]))):
            texts[i] = core[1] + _like(core[2], right) + core[3]
            cores[i] = _CORE.fullmatch(texts[i])
    for i in range(len(texts) - 1):
        _mend_pair(texts, cores, i)
    return [
        word if word.text == text else replace(word, text=text)
        for word, text in zip(words, texts, strict=True)
    ]


def _around(texts: Sequence[str], i: int) -> tuple[str, str]:
    """The texts before and after one, "" where there is none."""
    return texts[i - 1] if i else "", texts[i + 1] if i + 1 < len(texts) else ""


def _goes_on(before: Box, box: Box) -> bool:
    """Whether a word goes on behind another of its cell, on the same line or on the next one."""
    if min(before.bottom, box.bottom) - max(before.top, box.top) > box.height / 2:
        return box.x0 - before.x1 <= _WORD_SPACE * box.height
    return box.x0 < before.x0 and 0 <= box.top - before.bottom <= _LINE_SPACE * box.height


def _signs(text: str) -> str:
    return _SMUDGE.sub("", text if "[" in text else _DOTTED_I.sub(r"\1\2ị", text))


def _cased(text: str) -> str:
    """The token with its words in one case: "đỘ" is độ, "HỘi" is Hội; "TTr" and "kWh" stay."""
    return text if is_plausible(text) else _LETTERS.sub(lambda run: _one_case(run[0]), text)


def _one_case(run: str) -> str:
    if run in (run.lower(), run.upper(), run.capitalize()):
        return run
    cased = run.lower() if run[0].islower() else run.capitalize()
    # "KBang" is a place: after a capital only such are taken for small letters as look like them.
    alike = run[0].islower() or all(c in _ALIKE or not c.isascii() for c in run[1:] if c.isupper())
    return cased if alike and is_syllable(cased) else run


def _round_capitals(text: str, before: str, after: str) -> str:
    """The token with "HỖ" as Hỗ and "Ở" as ở, where the words around are no capitals."""
    core = _CORE.fullmatch(text)
    if core is None:
        return text
    word = core[2]
    named = f"{word.capitalize()} {after}".startswith(_slips().names)
    if not core[1] and word in _slips().no_names and not after[:1].isupper() and not named:
        return text.lower() if _LETTER_OR_DIGIT.fullmatch(before) else text
    is_round = _ROUND_WORD.fullmatch(word) or word in _slips().in_capitals
    if not is_round or before.isupper() or after.isupper():
        return text
    in_name = named or (after[:1].isupper() and not core[3])  # xã Vị Xuyên
    within = not core[1] and _GOES_ON.fullmatch(before) and not in_name
    small = within and word[0] in _ALIKE  # the first letter tells nothing
    return core[1] + (word.lower() if small else word.capitalize()) + core[3]


def _mend_pair(texts: list[str], cores: list[re.Match[str] | None], i: int) -> None:
    first, second = cores[i], cores[i + 1]
    if not first or not second or first[3] or second[1]:
        return
    if second[2][0].isupper() and first[2][0].islower():
        return  # a name begins
    right = _slips().pairs.get((fold(first[2]), fold(second[2])))
    if right is None:
        return
    third = cores[i + 2] if i + 2 < len(cores) and not second[3] else None
    if third and not third[1] and fold(third[2]) in _slips().before.get(right, ()):
        return
    zeroth = cores[i - 1] if i and not first[1] else None
    if zeroth and not zeroth[3] and fold(zeroth[2]) in _slips().after.get(right, ()):
        return
    texts[i] = first[1] + _like(first[2], right[0])
    texts[i + 1] = _like(second[2], right[1]) + second[3]


def _like(read: str, right: str) -> str:
    """The right word in the case of the one that was read."""
    if fold(read) == fold(right):
        return read
    if read.isupper() and len(read) > 1:
        return right.upper()
    return right.capitalize() if read[0].isupper() else right

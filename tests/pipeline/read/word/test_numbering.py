"""The numbers that Word counts and prints, and that stand nowhere in the text."""

import pytest

from pipeline.read.word.numbering import formatted
from tests.pipeline.read.word.made import blocks, grid, p, tbl, texts, tr


def level(at: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def item(num_id: int, at: int = 0, text: str = "x") -> str:
    return p(
        text, properties=f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num_id}"/></w:numPr>'
    )


OUTLINE = abstract(
    1,
    level(0, "%1.", "upperRoman"),
    level(1, "%2."),
    level(2, "%2.%3."),
    level(3, "%4)", "lowerLetter"),
)  # fmt: skip


def labels(folder, body: str, numbering: str, styles: str = "") -> list[str]:
    return [
        t.removesuffix("x").strip() for t in texts(folder, body, numbering=numbering, styles=styles)
    ]


def test_levels_count_and_deeper_ones_begin_anew(tmp_path):
    at = (0, 1, 2, 2, 3, 1, 2, 0, 1)
    body = "".join(item(1, level_) for level_ in at)
    assert labels(tmp_path, body, OUTLINE + num(1, 1)) == [
        "I.", "1.", "1.1.", "1.2.", "a)", "2.", "2.1.", "II.", "1.",
    ]  # fmt: skip


def test_an_upper_level_that_was_skipped_counts_as_used(tmp_path):
    body = item(1, 1) + item(1, 0)
    assert labels(tmp_path, body, OUTLINE + num(1, 1)) == ["1.", "II."]


def test_lists_of_one_definition_share_the_count(tmp_path):
    numbering = OUTLINE + num(1, 1) + num(2, 1)
    assert labels(tmp_path, item(1) + item(2) + item(1), numbering) == ["I.", "II.", "III."]


def test_a_start_override_holds_once(tmp_path):
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = OUTLINE + num(1, 1) + num(2, 1, override)
    body = item(1) + item(1) + item(2) + item(2) + item(1)
    assert labels(tmp_path, body, numbering) == ["I.", "II.", "I.", "II.", "III."]


@pytest.mark.parametrize(("restart", "third"), [("", "a)"), ("0", "b)"), ("1", "b)"), ("2", "a)")])
def test_restarts(tmp_path, restart, third):
    more = f'<w:lvlRestart w:val="{restart}"/>' if restart else ""
    levels = (level(0, "%1."), level(1, "%2."), level(2, "%3)", "lowerLetter", more))
    body = item(1, 0) + item(1, 1) + item(1, 2) + item(1, 1) + item(1, 2)
    assert labels(tmp_path, body, abstract(1, *levels) + num(1, 1))[-1] == third


def test_empty_paragraphs_and_cells_print_their_number_and_count(tmp_path):
    def numbered(text: str) -> str:
        return f"<w:tc>{item(1, 1, text)}</w:tc>"

    body = tbl(tr(numbered(""), "Rà soát"), tr(numbered(""), "Công khai")) + item(1, 1)
    found = blocks(tmp_path, body, numbering=OUTLINE + num(1, 1))
    assert [text for *_, text in grid(found[0])] == ["1.", "Rà soát", "2.", "Công khai"]
    assert found[1].text == "3. x"


def test_no_list_prints_nothing(tmp_path):
    numbering = OUTLINE + num(1, 1)
    body = item(0) + item(99) + item(1, 8)
    assert labels(tmp_path, body, numbering) == ["", "", ""]


def test_a_style_puts_its_paragraphs_in_the_level_that_names_it(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Own"><w:basedOn w:val="H2"/></w:style>'
    )
    numbering = abstract(
        1, level(0, "%1."), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')
    ) + num(1, 1)
    body = p("x", properties='<w:pStyle w:val="H2"/>') + p(
        "x", properties='<w:pStyle w:val="Own"/>'
    )
    assert labels(tmp_path, body, numbering, styles) == ["1.1", "1.2"]


def test_a_style_of_a_list_stands_for_its_definition(tmp_path):
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = OUTLINE + linked + num(1, 5) + num(2, 1)
    assert labels(tmp_path, item(1) + item(2), numbering, styles) == ["I.", "II."]


def test_bullets_are_signs_and_what_follows_them_is_set_apart_or_not(tmp_path):
    bullet = level(0, "\uf0b7", "bullet")
    tight = level(0, "%1.", more='<w:suff w:val="nothing"/>')
    numbering = abstract(1, bullet) + abstract(2, tight) + num(1, 1) + num(2, 2)
    assert texts(tmp_path, item(1) + item(2), numbering=numbering) == ["• x", "1.x"]


def test_legal_numbering_is_decimal_throughout(tmp_path):
    levels = (level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    body = item(1, 0) + item(1, 1)
    assert labels(tmp_path, body, abstract(1, *levels) + num(1, 1)) == ["I.", "1.1"]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (4, "upperRoman", "IV"), (1994, "lowerRoman", "mcmxciv"), (1, "lowerLetter", "a"),
        (2_000_000_000, "upperRoman", "2000000000"), (2_000_000_000, "lowerLetter", "2000000000"),
        (26, "upperLetter", "Z"), (28, "lowerLetter", "bb"), (0, "lowerLetter", "0"),
        (7, "decimalZero", "07"), (3, "none", ""), (3, "chicago", "3"),
    ],
)  # fmt: skip
def test_forms_of_numbers(count, form, text):
    assert formatted(count, form) == text

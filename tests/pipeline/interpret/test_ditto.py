"""Cells that say "the same as above"."""

import pytest

from pipeline.agencies import IssuerContext, shipped_office
from pipeline.interpret.ditto import is_ditto, with_dittos
from pipeline.interpret.items import Context, item_of
from pipeline.interpret.numbering import Number
from pipeline.interpret.roles import Column
from schemas.geometry import IDENTITY, Box
from schemas.page import TextLine
from schemas.table import Cell, Piece, Row

CONTEXT = Context(
    (Column("tasks", "", 1.0, ()), Column("lead", "", 1.0, ()), Column("timeframe", "", 1.0, ())),
    ({}, {}, {}),
    {1: IDENTITY},
    IssuerContext("province"),
    2026,
    shipped_office().registry(),
    {},
)


def row(*texts):
    box = Box(0, 0, 100, 20)
    return Row(
        tuple(
            Cell(col, 1, (Piece(1, box, (TextLine(text, box, 1, 1.0),)),))
            for col, text in enumerate(texts)
            if text
        )
    )


def items(*rows):
    made = []
    for texts in rows:
        item = item_of(row(*texts), Number(""), CONTEXT, ("i1", "a1", None))
        made.append(with_dittos(item, row(*texts), CONTEXT, made[-1] if made else None))
    return made


@pytest.mark.parametrize("text", ["nt", "-nt-", "Như trên", "như trên.", '"', "- ” -", "〃", "N/T"])
def test_marks_of_repetition(text):
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "-", "…", "NTM", "Như trên tại mục 2", "Sở Y tế"])
def test_other_texts(text):
    assert not is_ditto(text)


def test_what_stands_above_is_taken_over_and_flagged():
    first, second, third = items(
        ("Việc một", "Sở Y tế", "Quý II/2026"), ("Việc hai", "nt", '"'), ("Việc ba", '"', "nt")
    )
    for item in (second, third):
        assert (item.lead, item.timeframe) == (first.lead, first.timeframe)
        assert item.flags == ("same_as_above",)
    assert first.flags == ()


def test_with_nothing_above_it_stays_as_printed():
    (item,) = items(("Việc một", "nt", ""))
    assert [(a.raw, a.status) for a in item.lead] == [("nt", "unresolved")]
    assert "same_as_above" not in item.flags

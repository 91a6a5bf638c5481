"""Any names in any spelling, joined by anything, misread or not: never accepted as others."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.agencies import IssuerContext, load_registry, match_cell, match_roles
from pipeline.agencies.spellings import spellings
from pipeline.text import bare

DISTRICT = IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1))
REGISTRY = load_registry()
# Names that a plan of a district of that day may hold. Where the official name says its level,
# a spelling without it means another agency; such names are tried as they are.
LIVING = [
    entry
    for entry in REGISTRY.entries.values()
    if entry.existed(DISTRICT.issued) and entry.level in ("district", None)
]
SAID = re.compile(r"(huyện|xã|tỉnh)$")
SEPARATORS = st.sampled_from(["; ", ", ", "\n", " và ", ";\n", ",\n", " & ", ". ", "\n- "])
FRAGMENTS = st.sampled_from(
    [
        "Phòng",
        "Sở",
        "UBND",
        "các",
        "cấp",
        "xã",
        "huyện",
        ",",
        ";",
        "và",
        "(",
        ")",
        ":",
        "-",
        "&",
        "Kinh",
        "tế",
    ]
)
SLIPS = [("ê", "é"), ("ị", "i"), ("ư", "u"), ("n", "u"), ("i", "l"), ("l", "1"), ("–", "-")]


@st.composite
def spelled(draw):
    entry = draw(st.sampled_from(LIVING))
    texts = [entry.name, *entry.aliases, *entry.abbreviations]
    if not SAID.search(entry.name):
        texts += [" ".join(s.words) for s in spellings(entry) if s.method != "abbreviation"]
    text = draw(st.sampled_from(texts))
    if entry.level == "district" and entry.kind in ("agency", "unit", "front"):
        suffix = draw(st.sampled_from(["", " huyện", " huyện Chi Lăng"]))
        text += suffix if not SAID.search(text) else ""
    return entry, text


@st.composite
def joined(draw):
    parts = draw(st.lists(spelled(), min_size=1, max_size=5, unique_by=lambda p: p[0].id))
    cell = parts[0][1]
    for _, text in parts[1:]:
        cell += draw(SEPARATORS) + text
    return {entry.name for entry, _ in parts}, cell + draw(st.sampled_from(["", ".", ";"]))


# Lists that are also the name of one entry: "Các cơ quan, đơn vị" and "Các địa phương".
def reads_as_one(names, accepted):
    words = bare(" ".join(sorted(names)))
    return all(set(bare(name).split()) <= set(words.split()) for name in accepted)


@settings(max_examples=300, deadline=None)
@given(joined())
def test_accepted_names_are_those_that_were_written(case):
    names, cell = case
    found = match_cell(cell, DISTRICT, REGISTRY)
    accepted = {a.name for a in found if a.status == "accepted"}
    assert accepted <= names or reads_as_one(names, accepted - names), cell
    if all(a.status == "accepted" for a in found):
        assert accepted == names or reads_as_one(names, accepted - names), cell


@settings(max_examples=200, deadline=None)
@given(joined(), st.lists(st.sampled_from(SLIPS), min_size=1, max_size=3))
def test_slips_never_make_another_agency(case, slips):
    names, cell = case
    for good, bad in slips:
        cell = cell.replace(good, bad, 1)
    accepted = {a.name for a in match_cell(cell, DISTRICT, REGISTRY) if a.status == "accepted"}
    assert accepted <= names or reads_as_one(names, accepted - names), cell


@settings(max_examples=100, deadline=None)
@given(joined())
def test_matching_again_changes_nothing(case):
    first = match_cell(case[1], DISTRICT, REGISTRY)
    accepted = [a for a in first if a.status == "accepted"]
    again = match_cell("; ".join(a.raw for a in accepted), DISTRICT, REGISTRY)
    assert [a.name for a in again] == [a.name for a in accepted]


@settings(max_examples=100, deadline=None)
@given(joined())
def test_nothing_is_dropped(case):
    """Every word is in some reference, but for the "và" between names."""
    cell = case[1]
    shown = bare(" ".join(a.raw for a in match_cell(cell, DISTRICT, REGISTRY)))
    assert set(re.findall(r"\w+", bare(cell))) <= {*re.findall(r"\w+", shown), "va"}, cell


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_nothing_raises(text):
    match_roles(text, DISTRICT, REGISTRY)
    for agency in match_cell(text, IssuerContext(), REGISTRY):
        assert agency.raw
        assert (agency.name is None) == (agency.status == "unresolved")


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS))
def test_fragments_of_names_raise_nothing(words):
    match_cell(" ".join(words), DISTRICT, REGISTRY)
    match_roles("\n".join(words), DISTRICT, REGISTRY)

"""Any names in any spelling, joined by anything, misread or not: never accepted as others."""

import re
from datetime import date

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline.agencies import IssuerContext, match_cell, match_roles, shipped_office
from pipeline.agencies.match.cell import find_groups, to_agency
from pipeline.agencies.match.grouping import Group
from pipeline.agencies.match.spellings import spellings
from pipeline.agencies.tokens import tokenize
from pipeline.agencies.words import load_words
from pipeline.language.text import bare

ISSUERS = [
    IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2024, 5, 1)),
    IssuerContext("district", "huyện Chi Lăng", "Lạng Sơn", date(2025, 4, 1)),
    IssuerContext("province", "tỉnh Lạng Sơn", "Lạng Sơn", date(2024, 5, 1)),
    IssuerContext("province", "tỉnh Lạng Sơn", "Lạng Sơn", date(2026, 1, 5)),
    IssuerContext("commune", "xã Chi Lăng", "Lạng Sơn", date(2026, 1, 5)),
]
DISTRICT = ISSUERS[0]
REGISTRY = shipped_office().registry()


def living(issuer):
    """Return what a plan of that issuer and day may hold."""
    return [
        entry
        for entry in REGISTRY.entries.values()
        if entry.existed(issuer.issued) and entry.level in (issuer.level, None)
    ]


# Where the official name says its level, a spelling without it means another agency; such names
# are tried as they are.
LIVING = {issuer: living(issuer) for issuer in ISSUERS}
SAID = re.compile(r"(huyện|xã|tỉnh)$")
SEPARATORS = st.sampled_from(
    ["; ", ", ", "\n", " và ", ";\n", ",\n", " & ", ". ", "\n- ", " ", " + ", "/", ": ", "; và "]
)
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
SLIPS = [
    ("ê", "é"), ("ị", "i"), ("ư", "u"), ("n", "u"), ("i", "l"), ("l", "1"), ("–", "-"), ("ế", "ề"),
    ("ổ", "ố"), ("h", "b"), ("t", "f"), ("c", "e"), ("ộ", "ô"), (", ", " "), (", ", ". "),
    ("; ", ": "), (" ", ""), ("P", "F"), ("Đ", "D"), ("&", "8"),
]  # fmt: skip


THOROUGH = settings(max_examples=max(300, settings.default.max_examples), deadline=None)
KINDS = {"district": "huyện", "province": "tỉnh", "commune": "xã"}


@st.composite
def spelled(draw, issuer):
    entry = draw(st.sampled_from(LIVING[issuer]))
    texts = [entry.name, *entry.aliases, *entry.abbreviations]
    if not SAID.search(entry.name):
        texts += [" ".join(s.words) for s in spellings(entry) if s.method != "abbreviation"]
    text = draw(st.sampled_from(texts))
    if entry.level == issuer.level and entry.kind in ("agency", "unit", "front"):
        suffix = draw(st.sampled_from(["", f" {KINDS[issuer.level]}", f" {issuer.unit}"]))
        text += suffix if not SAID.search(text) else ""
    return entry, text


@st.composite
def joined(draw, issuers=ISSUERS):
    issuer = draw(st.sampled_from(issuers))
    parts = draw(st.lists(spelled(issuer), min_size=1, max_size=5, unique_by=lambda p: p[0].id))
    cell = parts[0][1]
    for _, text in parts[1:]:
        cell += draw(SEPARATORS) + text
    cell += draw(st.sampled_from(["", ".", ";"]))
    return {entry.name for entry, _ in parts}, cell, issuer


# Lists that are also the name of one entry: "Các cơ quan, đơn vị" and "Các địa phương".
def reads_as_one(names, accepted):
    words = set(re.findall(r"\w+", bare(" ".join(names))))
    return all(words.issuperset(re.findall(r"\w+", bare(name))) for name in accepted)


@THOROUGH
@given(joined())
def test_accepted_names_are_those_that_were_written(case):
    names, cell, issuer = case
    found = match_cell(cell, issuer, REGISTRY)
    accepted = {a.name for a in found if a.status == "accepted"}
    assert accepted <= names or reads_as_one(names, accepted - names), cell
    if all(a.status == "accepted" for a in found):
        assert accepted == names or reads_as_one(names, accepted - names), cell


@THOROUGH
@given(joined(), st.lists(st.sampled_from(SLIPS), min_size=1, max_size=3))
def test_slips_never_make_another_agency(case, slips):
    names, cell, issuer = case
    for good, bad in slips:
        cell = cell.replace(good, bad, 1)
    accepted = {a.name for a in match_cell(cell, issuer, REGISTRY) if a.status == "accepted"}
    assert accepted <= names or reads_as_one(names, accepted - names), cell


@THOROUGH
@given(joined())
def test_matching_again_changes_nothing(case):
    names, cell, issuer = case
    first = match_cell(cell, issuer, REGISTRY)
    # "UBND cấp xã / - các xã phường thị trấn" is read as one name over two lines; in its raw text,
    # which has no lines, the dash parts two.
    assume("\n-" not in cell or len(first) == len(names))
    accepted = [a for a in first if a.status == "accepted"]
    again = match_cell("; ".join(a.raw for a in accepted), issuer, REGISTRY)
    assert [a.name for a in again] == [a.name for a in accepted]


def references(text, issuer):
    """Return what a cell names as it is written, an agency named twice given twice."""
    cell = tokenize(text)
    if not cell.tokens or cell.reference:
        return [agency.raw for agency in match_cell(text, issuer, REGISTRY)]
    groups = (g for g in find_groups(cell, issuer, REGISTRY) if isinstance(g, Group))
    return [to_agency(cell, group, issuer, REGISTRY.thresholds).raw for group in groups]


@THOROUGH
@given(joined())
# Two agencies of one name: the level makes them one, which `match_cell` gives once.
@example(((), "Ủy ban MTTQ Việt Nam; Ủy ban MTTQ Việt Nam xã", ISSUERS[-1]))
def test_nothing_is_dropped(case):
    """Every word is in some reference, but for those between names ("và", "toàn thể")."""
    _, cell, issuer = case
    shown = bare(" ".join(references(cell, issuer)))
    between = {bare(word) for phrase in load_words().fillers for word in phrase}
    assert set(re.findall(r"\w+", bare(cell))) <= between.union(re.findall(r"\w+", shown)), cell


ROLES = st.sampled_from(
    [
        "Chủ trì: {}; Phối hợp: {}",
        "Cơ quan chủ trì: {}\nCơ quan phối hợp: {}",
        "{} chủ trì, phối hợp với {}",
        "- Chủ trì: {}\n- Phối hợp: {}",
    ]
)
PAIRS = st.sampled_from(ISSUERS).flatmap(lambda issuer: st.tuples(*[joined([issuer])] * 2))


@THOROUGH
@given(PAIRS, ROLES)
def test_no_name_is_accepted_in_a_role_that_it_has_not(pair, roles):
    first, second = pair
    lead, cell, issuer = first
    partners, rest, _ = second
    found = match_roles(roles.format(cell.rstrip(";."), rest), issuer, REGISTRY)
    for names, agencies in ((lead, found.lead), (partners, found.partners)):
        accepted = {a.name for a in agencies if a.status == "accepted"}
        assert accepted <= names or reads_as_one(names, accepted - names), (cell, rest)


@THOROUGH
@given(st.text(max_size=80))
def test_nothing_raises(text):
    match_roles(text, DISTRICT, REGISTRY)
    for agency in match_cell(text, IssuerContext(), REGISTRY):
        assert agency.raw
        assert (agency.name is None) == (agency.status == "unresolved")


@THOROUGH
@given(st.lists(FRAGMENTS))
def test_fragments_of_names_raise_nothing(words):
    match_cell(" ".join(words), DISTRICT, REGISTRY)
    match_roles("\n".join(words), DISTRICT, REGISTRY)

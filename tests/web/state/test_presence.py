"""Who else looks at a document is told, and forgotten when they have gone; leases change hands."""

import pytest

from web.state.presence import Presence


@pytest.fixture
def now():
    return [0.0]


@pytest.fixture
def presence(now):
    return Presence(lambda: now[0])


def test_others_are_told_for_as_long_as_they_look(presence, now):
    assert presence.look("doc-1", "an").others == ()
    assert presence.look("doc-1", "bình").others == ("an",)
    assert presence.look("doc-2", "chi").others == ()
    now[0] = 40.0
    assert presence.look("doc-1", "an").others == ("bình",)
    now[0] = 60.0
    assert presence.look("doc-1", "an").others == ()


def test_who_comes_first_holds_a_document_until_they_have_gone(presence, now):
    assert presence.look("doc-1", "an").holder == ""
    assert presence.look("doc-1", "bình").holder == "an"
    assert (presence.holder("doc-1"), presence.holder("doc-2")) == ("an", "")
    now[0] = 170.0
    assert presence.look("doc-1", "bình").holder == "an"
    now[0] = 200.0
    assert presence.holder("doc-1") == ""
    assert presence.look("doc-1", "bình").holder == ""
    assert presence.look("doc-1", "an").holder == "bình"


def test_a_lease_is_taken_over_and_its_holder_is_told(presence):
    presence.look("doc-1", "an")
    presence.look("doc-1", "bình")
    presence.take("doc-1", "bình")
    assert presence.look("doc-1", "an").holder == "bình"
    assert presence.look("doc-1", "bình").holder == ""

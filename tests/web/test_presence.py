"""Who else looks at a document is told, and forgotten when they have gone."""

from web.presence import Presence


def test_others_are_told_for_as_long_as_they_look():
    now = [0.0]
    presence = Presence(lambda: now[0])
    assert presence.look("doc-1", "an") == []
    assert presence.look("doc-1", "bình") == ["an"]
    assert presence.look("doc-2", "chi") == []
    now[0] = 40.0
    assert presence.look("doc-1", "an") == ["bình"]
    now[0] = 60.0
    assert presence.look("doc-1", "an") == []

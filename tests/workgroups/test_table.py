"""The scene that other tests walk over stands."""

from tests.world import TABLE


def test_everybody_is_there(table):
    assert set(TABLE) - {"anonymous"} == set(table.people)
    assert table.held.is_over
    assert not table.meeting.is_over
    assert table.decision.identifier.startswith("NUR-")
    assert table.action.identifier.startswith("NUR-")

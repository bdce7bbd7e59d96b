"""Meetings and decisions of the past from CSV: what a dry run lists is what happens, and happens once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from iqn.importing import FileError
from iqn.mail.models import Message
from tests.factories.workgroups import MeetingFactory
from tests.pages_check import problems_of
from workgroups.groups.choices import GroupStatus
from workgroups.meetings.actions import past_import as actions
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.models import Decision, Meeting

pytestmark = pytest.mark.django_db

HEAD = "kind,date,begins,ends,mode,place,number,how,text,reasons,language,visibility,approved\n"
FILE = HEAD + (
    'meeting,2013-03-13,13:30,15:30,in_person,Halifax,,,"First paragraph.\n\nSecond paragraph.",,en,public,2013-06-12\n'
    "meeting,2013-06-12,,,Online,,,,,,,,\n"
    "decision,2013-03-13,,,,,NUR-2013-D02,vote,The bridging course begins.,It was asked for.,en,,\n"
    "decision,2013-03-13,,,,,,,Second one.,,fr,members,\n"
    "decision,2013-04-01,,,,,,,In writing.,,,roster,\n"
)


def run(table, text: str, *, keep: bool = True) -> list[tuple[int, str]]:
    how = actions.apply if keep else actions.dry_run
    return [(o.line, o.verdict.value) for o in how(by=table.staff, group=table.group, text=text)]


def verdicts(table, text: str, **options) -> list[str]:
    return [verdict for _line, verdict in run(table, text, **options)]


def counts() -> tuple[int, int, int]:
    return Meeting.objects.count(), Decision.objects.count(), Event.objects.count()


def test_a_dry_run_changes_nothing_and_the_import_does_what_it_said(table):
    before = counts()

    planned = run(table, FILE, keep=False)
    assert counts() == before
    done = run(table, FILE)

    assert planned == done == [(4, "create"), (5, "create"), (6, "create"), (7, "create"), (8, "create")]
    assert counts()[:2] == (before[0] + 2, before[1] + 3)
    assert Message.objects.count() == 0
    assert mail.outbox == []


def test_what_is_brought_in(table, sign_in):
    run(table, FILE)
    first = Meeting.objects.get(group=table.group, year=2013, quarter=1)
    second = Meeting.objects.get(group=table.group, year=2013, quarter=2)

    assert (first.outcome_state, first.mode, first.place) == (OutcomeState.APPROVED, "in_person", "Halifax")
    assert (first.local_start.hour, first.local_start.minute, first.duration) == (13, 30, timedelta(hours=2))
    assert timezone.localtime(first.approved_at).date() == date(2013, 6, 12)
    assert (second.outcome_state, second.duration) == (OutcomeState.NONE, timedelta(days=1))
    found = {
        d.text: (d.number, d.kind, d.visibility, d.language, d.meeting)
        for d in Decision.objects.filter(year=2013)
    }
    assert found == {
        "The bridging course begins.": (2, "vote", "public", "en", first),
        "Second one.": (3, "consensus", "members", "fr", first),
        "In writing.": (4, "written", "roster", "en", None),
    }  # fmt: skip
    page = (
        sign_in(None)
        .get(reverse("meetings:outcome-detail", args=["nursing", first.identifier]))
        .content.decode()
        .replace("\xa0", " ")
    )
    assert "Second paragraph." in page
    assert "NUR-2013-D02" in page
    assert "NUR-2013-D03" not in page
    assert "Approved on June 12, 2013" in page
    listed = (
        sign_in(None).get(reverse("meetings:list", args=["nursing"])).content.decode().replace("\xa0", " ")
    )
    assert "Wednesday, June 12, 2013<" in listed
    assert "Wednesday, March 13, 2013, 1:30 pm to 3:30 pm" in listed
    assert table.group.meetings.upcoming().first() == table.meeting


def test_the_same_file_twice_changes_nothing(table):
    run(table, FILE)
    before = counts()

    assert verdicts(table, FILE, keep=False) == ["same"] * 5
    assert verdicts(table, FILE) == ["same"] * 5
    assert counts() == before


def test_changes_go_as_far_as_the_record_is_open(table):
    text = HEAD + (
        "meeting,2013-06-12,,,online,,,,Summary,,,,\n"
        "decision,2013-06-12,,,,,D05,,Yes.,,,,\n"
        "decision,2013-07-01,,,,,7,,Written.,,,,\n"
    )
    run(table, text)
    meeting = Meeting.objects.get(year=2013)

    assert verdicts(table, text.replace("online,", "online,Truro")) == ["change", "same", "same"]
    assert verdicts(table, text.replace("Summary", "New summary").replace("online,", "online,Truro")) == [
        "change", "same", "same",
    ]  # fmt: skip
    text = text.replace("Summary", "New summary").replace("online,", "online,Truro")
    assert verdicts(table, text.replace("Yes.", "No.")) == ["same", "change", "same"]
    assert verdicts(table, text.replace("Yes.", "No.").replace("Written.", "Other.")) == [
        "same",
        "same",
        "error",
    ]
    assert verdicts(table, text.replace("Yes.", "No.").replace("New summary,,,,", "New summary,,,,2013-06-30")) == [
        "change", "same", "same",
    ]  # fmt: skip
    meeting.refresh_from_db()
    assert (meeting.place, meeting.items.get().note, meeting.outcome_state) == (
        "Truro",
        "New summary",
        "approved",
    )
    assert meeting.frozen["items"][0]["decisions"][0]["text"] == "No."
    for changed in (text.replace("Truro", "Sydney"), text.replace("New summary", "Newest")):
        assert verdicts(table, changed)[0] == "error"
    late = HEAD + "decision,2013-06-12,,,,,D06,,Too late.,,,,\n"
    assert verdicts(table, late) == ["error"]
    assert verdicts(table, HEAD + "decision,2013-06-12,,,,,D05,,Other words.,,,,\n") == ["error"]


def test_a_meeting_that_is_there_is_not_brought_in_beside_itself(table):
    day = table.held.local_start.date().isoformat()
    fact = f"meeting,{day},,,{table.held.mode},,,,,,,,\n"

    assert verdicts(table, HEAD + fact) == ["same"]
    assert verdicts(table, HEAD + fact.replace(",,,,,,,,\n", ",,,,A summary,,,,\n")) == ["error"]
    assert verdicts(table, HEAD + fact.replace(",,,,,,,,\n", ",Hall,,,,,,,\n")) == ["change"]
    table.held.refresh_from_db()
    assert table.held.place == "Hall"
    table.held.outcome_state = OutcomeState.DRAFT
    table.held.save()
    approved = fact.replace(",,,,,,,,\n", f",Hall,,,,,,,{day}\n")
    assert verdicts(table, HEAD + approved) == ["error"]
    assert verdicts(table, HEAD + f"decision,{day},,,,,D77,,Yes.,,,,\n") == ["create"]
    assert table.held.items.count() == 2


def test_a_decision_alone_makes_the_outcomes_readable(table):
    meeting = MeetingFactory(group=table.group, starts_at=timezone.now() - timedelta(days=500))
    day = meeting.local_start.date().isoformat()

    assert verdicts(table, HEAD + f"decision,{day},,,,,,,Yes.,,,,\n") == ["create"]

    meeting.refresh_from_db()
    assert (meeting.outcome_state, meeting.circulated_at) == (OutcomeState.CIRCULATED, None)
    assert Decision.objects.get(text="Yes.").item.meeting == meeting


@pytest.mark.parametrize(
    "line",
    [
        "party,2013-03-13,,,online,,,,,,,,",
        "meeting,13/03/2013,,,online,,,,,,,,",
        "meeting,2999-03-13,,,online,,,,,,,,",
        "meeting,1913-03-13,,,online,,,,,,,,",
        "meeting,2013-03-13,,,,,,,,,,,",
        "meeting,2013-03-13,,,by carrier pigeon,,,,,,,,",
        "meeting,2013-03-13,13:30,,online,,,,,,,,",
        "meeting,2013-03-13,13:30,noon,online,,,,,,,,",
        "meeting,2013-03-13,13:30,12:30,online,,,,,,,,",
        "meeting,2013-03-10,02:30,04:30,online,,,,,,,,",
        "meeting,2013-03-13,,,online,,,,,,,,2012-01-01",
        "meeting,2013-03-13,,,online,,,,,,,,2999-01-01",
        "meeting,2013-03-13,,,online,,,,,,de,,",
        "meeting,2013-03-13,,,online,,,,,,,everybody,",
        f"meeting,2013-03-13,,,online,{'p' * 201},,,,,,,",
        f"meeting,2013-03-13,,,online,,,,{'t' * 10_001},,,,",
        "decision,2013-03-13,,,,,,,,,,,",
        f"decision,2013-03-13,,,,,,,{'t' * 2001},,,,",
        "decision,2013-03-13,,,,,LAW-2013-D02,,Yes.,,,,",
        "decision,2013-03-13,,,,,NUR-2012-D02,,Yes.,,,,",
        "decision,2013-03-13,,,,,NUR-2013-A02,,Yes.,,,,",
        "decision,2013-03-13,,,,,0,,Yes.,,,,",
    ],
)  # fmt: skip
def test_one_line_with_an_error_stops_all(line, table):
    before = counts()
    sound = "meeting,2012-03-13,,,online,,,,,,,,\n"

    assert run(table, HEAD + sound + line) == [(2, "create"), (3, "error")]
    assert counts() == before


def test_how_a_decision_of_a_meeting_was_taken(table):
    text = HEAD + "meeting,2013-03-13,,,online,,,,,,,,\ndecision,2013-03-13,,,,,,by magic,Yes.,,,,\n"

    assert verdicts(table, text) == ["create", "error"]


def test_a_concluded_group_takes_nothing(table, sign_in):
    table.group.status, table.group.closing_note_en = GroupStatus.CONCLUDED, "Done"
    table.group.save()

    assert verdicts(table, HEAD + "meeting,2013-03-13,,,online,,,,,,,,\n") == ["error"]
    assert sign_in(table.staff).get(reverse("meetings:past-import", args=["nursing"])).status_code == 403


@pytest.mark.parametrize(
    ("text", "said"),
    [("kind,date,shoe size\n", "shoe size"), ("kind,mode\n", "date"), ("", "empty")],
)
def test_files_that_cannot_be_read(text, said, table):
    with pytest.raises(FileError, match=said):
        actions.dry_run(by=table.staff, group=table.group, text=text)


def test_the_page(table, sign_in):
    path = reverse("meetings:past-import", args=["nursing"])
    staff = sign_in(table.staff)
    assert sign_in(table.co_chair).get(path).status_code == 403
    assert path in staff.get(reverse("meetings:list", args=["nursing"])).content.decode()
    text = FILE.replace("Halifax", "<b>Halifax</b>")

    checked = staff.post(path, {"text": text, "do": "check"})
    assert "Meeting NUR-2013-Q1" in checked.content.decode()
    assert not Meeting.objects.filter(year=2013).exists()
    done = staff.post(path, {"text": checked.context["text"], "do": "apply"}, follow=True)
    assert "5 lines were taken over." in done.content.decode()
    assert "&lt;b&gt;Halifax" in staff.get("/en/work-groups/nursing/meetings/NUR-2013-Q1/").content.decode()
    unknown = staff.post(path, {"text": "kind,date,shoe size\n", "do": "check"})
    assert "Nobody knows these columns: shoe size." in unknown.content.decode()
    with translation.override("fr"):
        html = staff.get(reverse("meetings:past-import", args=["nursing"])).content.decode()
    assert problems_of(html) == []
    assert "Importer des réunions et des décisions passées" in html

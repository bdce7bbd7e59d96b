"""Invitations and answers: who gets which letter, and what a link in it can and cannot do."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from iqn import links
from iqn.mail import sending
from iqn.mail.models import Message
from tests.factories.members import PersonFactory
from tests.factories.workgroups import AgendaItemFactory, make_term
from tests.workgroups.calendars import read
from tests.workgroups.meeting_forms import time_data
from tests.workgroups.test_meeting_pages import errors_of, text_of, url
from workgroups.meetings import jobs
from workgroups.meetings.actions import invitations, meetings
from workgroups.meetings.errors import MeetingIsOver, NotOnTheRoster, NotPossibleNow
from workgroups.meetings.models import InvitationAnswer, Meeting


def addresses(letters) -> list[str]:
    return sorted(letter.to[0] for letter in letters)


def calendar_of(letter):
    [(text, kind)] = [
        (part.content, part.mimetype) for part in letter.alternatives if "calendar" in part.mimetype
    ]
    return kind, read(text).entry


def answer_links(letter) -> list[str]:
    return [
        f"{parts.path}?{parts.query}" for parts in map(urlsplit, re.findall(r"https?://\S+", letter.body))
        if "answer=" in parts.query
    ]  # fmt: skip


@pytest.fixture
def invited(table, deliver):
    invitations.invite_roster(meeting=table.meeting, by=table.co_chair)
    table.meeting.refresh_from_db()
    table.letters = {letter.to[0]: letter for letter in deliver()}
    return table


def reply_path(table, someone, **values) -> str:
    token = links.token("meetings.answer", **{"meeting": table.meeting.pk, "person": someone.pk, **values})
    return reverse("meetings:reply", args=["nursing", table.meeting.identifier, token])


# --- Letters


def test_everyone_with_a_term_of_today_gets_one(table, sign_in, deliver):
    guest = make_term(
        table.group, "", person=PersonFactory(user=None, language="fr"), email="guest@example.org"
    )
    make_term(table.group, "", person=PersonFactory(user=None), email="")
    AgendaItemFactory(meeting=table.meeting, title="Bridging seats")

    preview = text_of(sign_in(table.co_chair).get(url("invite", table.meeting)))
    sign_in(table.co_chair).post(url("invite", table.meeting))
    letters = deliver()

    expected = {"rosa.roster", "alba.alternate", "sven.secretary", "cora.chair", "second.chair", "guest"}
    assert addresses(letters) == sorted(f"{name}@example.org" for name in expected)
    assert "Bridging seats" in preview
    assert "6 people get it" in preview
    french = next(letter for letter in letters if letter.to == ["guest@example.org"])
    assert french.subject.replace("\xa0", " ") == f"Invitation : Soins infirmiers, {table.meeting.identifier}"
    assert "/fr/groupes-de-travail/nursing/reunions/" in french.body
    kind, entry = calendar_of(french)
    assert kind == "text/calendar; method=REQUEST"
    assert (entry.uid, entry.attendees) == (str(table.meeting.uid), (("mailto:guest@example.org", False),))
    assert "text/html" in [part.mimetype for part in french.alternatives]
    sent = email.message_from_bytes(french.message().as_bytes(), policy=email.policy.default)
    kinds = [(part.get_content_type(), part.get_param("method")) for part in sent.walk()]
    assert kinds[1:] == [("text/plain", None), ("text/html", None), ("text/calendar", "REQUEST")]
    assert guest.person.name in french.body


def test_twice_invited_is_told_once_and_newcomers_later(invited, sign_in, deliver):
    assert invitations.invite_roster(meeting=invited.meeting, by=invited.co_chair) == 0
    make_term(invited.group, "Nora New")

    page = sign_in(invited.co_chair).post(url("invite", invited.meeting), follow=True)

    assert addresses(deliver()) == ["nora.new@example.org"]
    assert "1 invitation is on its way." in text_of(page)
    assert "Everybody on the roster" in text_of(sign_in(invited.co_chair).get(url("invite", invited.meeting)))


def test_who_left_before_the_letter_went_gets_none(table, deliver):
    invitations.invite_roster(meeting=table.meeting, by=table.co_chair)
    table.roster.terms.update(until="2021-01-01")
    before = len(mail.outbox)

    assert "rosa.roster@example.org" not in addresses(deliver())
    assert len(mail.outbox) > before
    assert Message.objects.get(address="rosa.roster@example.org").state == "dropped"


def test_edits_wait_and_go_out_as_one_notice(invited, sign_in, deliver):
    client = sign_in(invited.co_chair)
    meetings.edit_meeting(
        meeting=invited.meeting, version=1, mode="hybrid", place="Room 9", join_link="https://join.example/room",
        by=invited.co_chair,
    )  # fmt: skip
    AgendaItemFactory(meeting=invited.meeting, title="Late item")
    assert deliver() == []
    assert "Tell the roster" in text_of(client.get(url("detail", invited.meeting)))
    assert "How and where people meet" in text_of(client.get(url("tell", invited.meeting)))

    client.post(url("tell", invited.meeting))
    letters = deliver()

    assert addresses(letters) == sorted(invited.letters)
    body = letters[0].body
    assert ("- How and where people meet" in body, "- The agenda" in body, "- The new date" in body) == (
        True,
        True,
        False,
    )
    assert "Late item" in body
    assert calendar_of(letters[0])[1].sequence == 1
    again = client.post(url("tell", invited.meeting), follow=True)
    assert "The roster knows everything already." in text_of(again)
    assert invitations.tell_roster(meeting=invited.meeting, by=invited.co_chair) == 0
    assert deliver() == []


def test_before_the_invitation_nobody_is_told(table, sign_in, deliver):
    sign_in(table.co_chair).post(url("move", table.meeting), time_data(reason="Storm", language="en"))
    sign_in(table.co_chair).post(url("cancel", table.meeting), {"reason": "Storm", "language": "en"})

    table.meeting.refresh_from_db()
    assert (table.meeting.state, deliver()) == ("cancelled", [])


def test_a_new_date_is_told_at_once(invited, sign_in, deliver):
    sign_in(invited.co_chair).post(url("move", invited.meeting), time_data(reason="Storm", language="en"))

    letters = deliver()
    assert addresses(letters) == sorted(invited.letters)
    assert "- The new date: " in letters[0].body
    kind, entry = calendar_of(letters[0])
    assert (kind, entry.sequence) == ("text/calendar; method=REQUEST", 1)


def test_cancelling_takes_it_out_of_calendars(invited, sign_in, deliver):
    sign_in(invited.co_chair).post(url("cancel", invited.meeting), {"reason": "A storm", "language": "en"})

    letters = deliver()
    assert addresses(letters) == sorted(invited.letters)
    assert "Reason: A storm" in letters[0].body
    kind, entry = calendar_of(letters[0])
    assert (kind, entry.status, entry.sequence) == ("text/calendar; method=CANCEL", "CANCELLED", 1)
    assert "join.example" not in entry.description


def test_reminders_follow_the_answer(invited, deliver):
    for person, answer in ((invited.roster, "regrets"), (invited.alternate, "online")):
        invitations.answer_invitation(meeting=invited.meeting, answer=answer, by=person)

    with time_machine.travel(invited.meeting.starts_at - timedelta(days=4), tick=False):
        jobs.remind(0)
        assert deliver() == []
    with time_machine.travel(invited.meeting.starts_at - timedelta(days=2), tick=False):
        jobs.remind(0)
        jobs.remind(0)
        letters = {letter.to[0]: letter.body for letter in deliver()}
    assert sorted(letters) == sorted(set(invited.letters) - {"rosa.roster@example.org"})
    assert "Your answer: Joining online." in letters["alba.alternate@example.org"]
    assert "You have not answered yet." in letters["cora.chair@example.org"]


def test_whoever_was_invited_today_is_not_reminded_today(table, deliver):
    with time_machine.travel(table.meeting.starts_at - timedelta(days=2), tick=False):
        invitations.invite_roster(meeting=table.meeting, by=table.co_chair)
        invited = addresses(deliver())
        jobs.remind(0)
        assert deliver() == []
    with time_machine.travel(table.meeting.starts_at - timedelta(days=1), tick=False):
        jobs.remind(0)
        assert addresses(deliver()) == invited


def test_no_reminder_of_what_has_begun(invited, deliver):
    for moment, reminded in ((timedelta(minutes=1), []), (-timedelta(minutes=1), sorted(invited.letters))):
        with time_machine.travel(invited.meeting.starts_at + moment, tick=False):
            jobs.remind(0)
            assert addresses(deliver()) == reminded


def test_a_new_date_is_reminded_of_again(invited, deliver):
    first = invited.meeting.starts_at
    with time_machine.travel(first - timedelta(days=2), tick=False):
        jobs.remind(0)
        deliver()
        meetings.move_meeting(
            meeting=invited.meeting, starts_at=first + timedelta(days=7), ends_at=first + timedelta(days=7, hours=2),
            reason="Storm", language="en", by=invited.co_chair,
        )  # fmt: skip
        deliver()
    with time_machine.travel(first + timedelta(days=5), tick=False):
        jobs.remind(0)
        assert addresses(deliver()) == sorted(invited.letters)


def test_every_notice_is_told(invited, deliver):
    for version, place in ((1, "Room 9"), (2, "Room 10")):
        meetings.edit_meeting(
            meeting=invited.meeting,
            version=version,
            mode="hybrid",
            place=place,
            join_link="",
            by=invited.co_chair,
        )
        invitations.tell_roster(meeting=invited.meeting, by=invited.co_chair)

        letters = deliver()

        assert addresses(letters) == sorted(invited.letters)
        assert place in letters[0].body


def test_whoever_was_never_invited_is_not_told_that_it_is_off(invited, deliver):
    make_term(invited.group, "Nora New")

    meetings.cancel_meeting(meeting=invited.meeting, reason="Storm", language="en", by=invited.co_chair)

    assert addresses(deliver()) == sorted(invited.letters)


def test_what_is_no_longer_true_when_its_turn_comes_is_dropped(table, deliver):
    """Called off, over, or meant for an address that is somebody's no more."""
    invitations.invite_roster(meeting=table.meeting, by=table.co_chair)
    table.roster.user.email = "rosa.new@example.org"
    table.roster.user.save()
    letter = Message.objects.get(recipient=table.roster)
    sending.deliver(letter.pk)
    assert (Message.objects.get(pk=letter.pk).state, mail.outbox) == ("dropped", [])

    with time_machine.travel(table.meeting.ends_at + timedelta(minutes=1), tick=False):
        letter = Message.objects.get(recipient=table.alternate)
        sending.deliver(letter.pk)
        assert (Message.objects.get(pk=letter.pk).state, mail.outbox) == ("dropped", [])

    table.meeting.refresh_from_db()
    meetings.cancel_meeting(meeting=table.meeting, reason="Storm", language="en", by=table.co_chair)
    letters = deliver()  # the invitations that still waited are not among them
    expected = ("rosa.new", "alba.alternate", "sven.secretary", "cora.chair", "second.chair")
    assert addresses(letters) == sorted(f"{name}@example.org" for name in expected)
    assert {letter.subject.split(":")[0] for letter in letters} == {"Cancelled"}


def test_a_reminder_on_its_way_stops_at_regrets(invited, deliver):
    with time_machine.travel(invited.meeting.starts_at - timedelta(days=2), tick=False):
        jobs.remind(0)
        invitations.answer_invitation(meeting=invited.meeting, answer="regrets", by=invited.roster)
        assert "rosa.roster@example.org" not in addresses(deliver())


# --- Answers from the letter


def test_a_link_opens_a_page_and_changes_nothing(invited, client):
    [coming, regrets] = answer_links(invited.letters["rosa.roster@example.org"])

    page = client.get(coming)

    assert page.context["form"].initial["answer"] == "online"
    assert client.get(regrets).context["form"].initial["answer"] == "regrets"
    assert 'content="noindex"' in text_of(page)
    assert InvitationAnswer.objects.count() == 0


def test_the_last_answer_holds(invited, client):
    path = reply_path(invited, invited.roster)

    client.post(path, {"answer": "online"})
    done = client.post(
        path,
        {"answer": "regrets", "delegate_name": "Dana Deputy", "delegate_organization": "College"},
        follow=True,
    )

    [row] = InvitationAnswer.objects.all()
    assert (row.person, row.answer, row.delegate_name, row.delegate_organization) == (
        invited.roster, "regrets", "Dana Deputy", "College",
    )  # fmt: skip
    assert "Thank you: your answer is noted." in text_of(done)
    client.post(path, {"answer": "online", "delegate_name": "Dana Deputy"})
    row.refresh_from_db()
    assert (row.answer, row.delegate_name) == ("online", "")


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"answer": ["Choose an answer."]}),
        ({"answer": "perhaps"}, ["answer"]),
        ({"answer": "coming"}, ["answer"]),  # there is no place to come to
        (
            {"answer": "regrets", "delegate_organization": "College"},
            {"delegate_name": ["Name the person who comes instead, or leave both empty."]},
        ),
    ],
)
def test_bad_answers(invited, client, data, errors):
    response = client.post(reply_path(invited, invited.roster), data)

    found = errors_of(response)
    assert (found if isinstance(errors, dict) else list(found)) == errors
    assert InvitationAnswer.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_late(invited, client, method):
    path = reply_path(invited, invited.roster)

    with time_machine.travel(invited.meeting.ends_at + timedelta(hours=1), tick=False):
        response = getattr(client, method)(path, {"answer": "online"})
        with pytest.raises(MeetingIsOver):
            invitations.answer_invitation(meeting=invited.meeting, answer="online", by=invited.roster)
    with time_machine.travel(invited.meeting.ends_at + timedelta(days=500), tick=False):
        much_later = getattr(client, method)(path, {"answer": "online"})

    for answer in (response, much_later):
        assert answer.status_code == 410
        assert "The meeting is over." in text_of(answer)
    assert InvitationAnswer.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_altered_or_for_something_else(invited, client, method):
    good = reply_path(invited, invited.roster)
    other_purpose = links.token("members.reference", meeting=invited.meeting.pk, person=invited.roster.pk)
    paths = [
        good[:-6] + "xxxxx/",
        reverse("meetings:reply", args=["nursing", invited.meeting.identifier, other_purpose]),
        reply_path(invited, invited.roster, meeting=invited.held.pk),
        reply_path(invited, invited.roster, person=1),
    ]

    assert client.get(good).status_code == 200
    assert [getattr(client, method)(path, {"answer": "online"}).status_code for path in paths] == [404] * 4
    assert InvitationAnswer.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_by_somebody_who_has_left(invited, client, method):
    path = reply_path(invited, invited.former_co_chair)

    response = getattr(client, method)(path, {"answer": "online"})

    assert response.status_code == 410
    assert "You are not on the roster of this group any more" in text_of(response)
    with pytest.raises(NotOnTheRoster):
        invitations.answer_invitation(meeting=invited.meeting, answer="online", by=invited.former_co_chair)
    assert InvitationAnswer.objects.count() == 0


def test_cancelled_in_the_meantime(invited, client):
    path = reply_path(invited, invited.roster)
    meetings.cancel_meeting(meeting=invited.meeting, reason="Off", language="en", by=invited.co_chair)

    response = client.post(path, {"answer": "online"})

    assert response.status_code == 410
    assert "This meeting does not take place." in text_of(response)
    for act in (invitations.invite_roster, invitations.tell_roster):
        with pytest.raises(NotPossibleNow):
            act(meeting=invited.meeting, by=invited.co_chair)
    with pytest.raises(NotPossibleNow):
        invitations.answer_invitation(meeting=invited.meeting, answer="online", by=invited.roster)


def test_moved_after_the_invitation_the_link_still_works(invited, client):
    path = reply_path(invited, invited.roster)
    start = invited.meeting.starts_at + timedelta(days=60)
    meetings.move_meeting(
        meeting=invited.meeting, starts_at=start, ends_at=start + timedelta(hours=1), reason="Later", language="en",
        by=invited.co_chair,
    )  # fmt: skip

    with time_machine.travel(start - timedelta(days=1), tick=False):
        assert client.post(path, {"answer": "online"}).status_code == 302
    assert InvitationAnswer.objects.get().answer == "online"


# --- Signed in


def test_answering_signed_in_and_who_reads_it(invited, sign_in):
    response = sign_in(invited.roster).post(url("answer", invited.meeting), {"answer": "online"})

    assert response["Location"] == invited.meeting.get_absolute_url()
    assert "Your answer: Joining online." in text_of(
        sign_in(invited.roster).get(url("detail", invited.meeting))
    )
    assert "Joining online (1)" in text_of(sign_in(invited.co_chair).get(url("detail", invited.meeting)))
    assert "Joining online (1)" not in text_of(sign_in(invited.alternate).get(url("detail", invited.meeting)))


def test_nobody_is_invited_to_what_was(table, sign_in):
    response = sign_in(table.co_chair).post(url("invite", table.held), follow=True)

    assert "Invitations go out for meetings that are still to come." in text_of(response)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_answers(invited, sign_in, django_assert_max_num_queries, count):
    for number in range(count):
        person = make_term(invited.group, f"Person {number}").person
        InvitationAnswer.objects.create(meeting=invited.meeting, person=person, answer="online")
    client = sign_in(invited.co_chair)
    client.get(url("detail", invited.meeting))

    with django_assert_max_num_queries(15):
        assert f"Joining online ({count})" in text_of(client.get(url("detail", invited.meeting)))


def test_french_answer_page(invited, client):
    translation.activate("fr")

    page = text_of(client.get(reply_path(invited, invited.roster)))

    assert "<h1>Rosa Roster, y serez-vous?</h1>" in page
    assert "Participation en ligne" in page


def test_language_of_the_letter_is_the_persons(table, deliver):
    table.roster.language = "fr"
    table.roster.save()
    invitations.invite_roster(meeting=table.meeting, by=table.co_chair)

    subjects = {letter.to[0]: letter.subject for letter in deliver()}

    assert subjects["rosa.roster@example.org"].startswith("Invitation\xa0: Soins")
    assert subjects["cora.chair@example.org"].startswith("Invitation: Nursing")
    assert timezone.now() < table.meeting.starts_at
    assert Meeting.objects.get(pk=table.meeting.pk).invited_at is not None

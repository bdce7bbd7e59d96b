"""The page that records a meeting: by one, by two at once, part by part."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from iqn.history.models import Event
from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    DecisionFactory,
    FunctionFactory,
    MeetingFactory,
    make_term,
)
from workgroups.meetings.actions import attendance, records
from workgroups.meetings.choices import Answer, OutcomeState
from workgroups.meetings.errors import RecordIsFrozen
from workgroups.meetings.models import ActionItem, AgendaItem, Attendance, Decision, InvitationAnswer

pytestmark = pytest.mark.django_db

BOX = re.compile(r"<(input|textarea|select)\b[^>]*name=\"([^\"]+)\"[^>]*>", re.S)


def record_url(meeting) -> str:
    return reverse("meetings:outcome-record", args=[meeting.group.slug, meeting.identifier])


def filled(response) -> dict[str, str]:
    """What a browser would send if nobody touched anything."""
    html = response.content.decode()
    data: dict[str, str] = {}
    for tag, name in BOX.findall(html):
        if name in ("csrfmiddlewaretoken", "q"):
            continue
        if tag == "textarea":
            text = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', html, re.S)[1]
            data[name] = text.replace("&#x27;", "'")
        elif tag == "select":
            inner = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.S)[0]
            chosen = re.search(r'<option value="([^"]*)"[^>]*selected', inner)
            data[name] = chosen[1] if chosen else ""
    for box in re.findall(r"<input\b[^>]*>", html):
        name = re.search(r'name="([^"]+)"', box)
        value = re.search(r'value="([^"]*)"', box)
        if not name or name[1] in ("csrfmiddlewaretoken", "q"):
            continue
        if 'type="checkbox"' in box:
            continue
        if 'type="radio"' in box and " checked" not in box:
            continue
        data[name[1]] = value[1] if value else ""
    return data


@pytest.fixture
def held(table):
    return table.held


def post(client, meeting, **changes):
    data = filled(client.get(record_url(meeting)))
    return client.post(record_url(meeting), {**data, **changes})


def test_the_page_is_filled_in_from_the_answers(table, sign_in):
    meeting = table.meeting
    for name, answer in (
        ("roster", Answer.COMING),
        ("secretary", Answer.ONLINE),
        ("alternate", Answer.REGRETS),
    ):
        InvitationAnswer.objects.create(meeting=meeting, person=table.people[name], answer=answer)

    data = filled(sign_in(table.co_chair).get(record_url(meeting)))

    chosen = {
        name: data[f"p{table.people[name].pk}-presence"]
        for name in ("roster", "secretary", "alternate", "co_chair")
    }
    assert chosen == {
        "roster": "in_person", "secretary": "online", "alternate": "absent", "co_chair": "absent",
    }  # fmt: skip


def test_before_the_meeting_only_what_was_touched_is_kept(table, sign_in):
    meeting = table.meeting
    response = post(sign_in(table.co_chair), meeting, **{f"p{table.roster.pk}-presence": "online"})

    assert response.status_code == 302
    assert list(Attendance.objects.filter(meeting=meeting).values_list("person", "presence")) == [
        (table.roster.pk, "online")
    ]


def test_one_post_records_everything(table, held, sign_in):
    function = FunctionFactory()
    items = [table.item, *(AgendaItemFactory(meeting=held, position=n) for n in range(2, 7))]
    organization = table.group.seats.exclude(organization=None).first().organization
    changes = {
        f"p{table.roster.pk}-presence": "in_person", f"p{table.co_chair.pk}-presence": "online",
        "n0-name": "Gerda Guest", "n0-organization_name": "Elsewhere", "n0-presence": "online",
    }  # fmt: skip
    for number, item in enumerate(items, start=1):
        changes[f"i{item.pk}-note"] = f"Said {number}."
    for item in items[:4]:
        changes[f"i{item.pk}d0-text"] = f"Decided about {item.title}."
    changes[f"i{items[0].pk}d0-function"] = str(function.pk)
    for place in range(5):
        item, number = items[place // 2], place % 2
        changes[f"i{item.pk}a{number}-text"] = f"Do {place}"
        changes[f"i{item.pk}a{number}-follower"] = str(table.roster.pk)
    changes[f"i{items[0].pk}a0-organization"] = str(organization.pk)
    changes[f"i{items[5].pk}-state"] = "carried"

    response = post(sign_in(table.co_chair), held, save="preview", **changes)

    assert response.status_code == 302
    assert response["Location"] == reverse("meetings:outcome-circulate", args=["nursing", held.identifier])
    notes = AgendaItem.objects.filter(meeting=held).order_by("position").values_list("note", flat=True)
    assert sorted(notes) == [f"Said {n}." for n in range(1, 7)]
    new = Decision.objects.filter(meeting=held).exclude(pk=table.decision.pk)
    assert new.count() == 4
    assert len({d.number for d in new}) == 4
    assert new.get(item=items[0]).function == function
    actions = ActionItem.objects.filter(meeting=held).exclude(pk=table.action.pk)
    assert actions.count() == 5
    assert {a.follower for a in actions} == {table.roster}
    assert set(actions.values_list("organization", flat=True)) == {None, organization.pk}
    rows = Attendance.objects.filter(meeting=held)
    assert rows.count() == 7  # six of the roster that day, one guest
    held.refresh_from_db()
    assert held.outcome_state == OutcomeState.DRAFT
    assert Event.objects.about(held).filter(verb="meetings.record_begun").count() == 1


def test_an_untouched_page_writes_nothing(table, sign_in):
    before = Event.objects.count()
    response = post(sign_in(table.co_chair), table.meeting)

    assert response.status_code == 302
    assert Event.objects.count() == before
    assert not Attendance.objects.filter(meeting=table.meeting).exists()


def test_names_and_organizations_of_the_day_are_kept(table, held, sign_in):
    table.roster.affiliations.update(since=date(2020, 1, 1))
    post(sign_in(table.co_chair), held)
    row = Attendance.objects.get(meeting=held, person=table.roster)
    term = table.roster.terms.get()

    assert (row.name, row.organization, row.stakeholder_type, row.role, row.title) == (
        "Rosa Roster", term.seat.organization, term.seat.stakeholder_type, "member", "Analyst",
    )  # fmt: skip
    assert row.organization_name == term.seat.organization.name_en


def test_two_people_save_different_items(table, held, sign_in):
    other = AgendaItemFactory(meeting=held, position=9)
    first, second = sign_in(table.co_chair), sign_in(table.secretary)
    one, two = filled(first.get(record_url(held))), filled(second.get(record_url(held)))

    answers = [
        first.post(record_url(held), {**one, f"i{table.item.pk}-note": "From the first."}).status_code,
        second.post(record_url(held), {**two, f"i{other.pk}-note": "From the second."}).status_code,
    ]

    assert answers == [302, 302]
    assert AgendaItem.objects.get(pk=table.item.pk).note == "From the first."
    assert AgendaItem.objects.get(pk=other.pk).note == "From the second."


def test_two_people_save_the_same_item_and_nothing_is_lost(table, held, sign_in):
    other = AgendaItemFactory(meeting=held, position=9)
    first, second = sign_in(table.co_chair), sign_in(table.secretary)
    one, two = filled(first.get(record_url(held))), filled(second.get(record_url(held)))
    first.post(record_url(held), {**one, f"i{table.item.pk}-note": "From the first."})

    response = second.post(
        record_url(held),
        {**two, f"i{table.item.pk}-note": "From the second.", f"i{other.pk}-note": "Untroubled."},
    )

    assert response.status_code == 409
    html = response.content.decode()
    assert html.count("From the first.") == 1
    assert html.count("From the second.") == 2  # beside the other text, and in the box
    assert f'<a href="#item-{table.item.pk}" lang="en">' in html  # said at the top, where one lands
    assert f'href="#item-{other.pk}"' not in html
    assert AgendaItem.objects.get(pk=table.item.pk).note == "From the first."
    assert AgendaItem.objects.get(pk=other.pk).note == "Untroubled."
    again = filled(response)
    assert again[f"i{table.item.pk}-note"] == "From the second."
    assert second.post(record_url(held), again).status_code == 302
    assert AgendaItem.objects.get(pk=table.item.pk).note == "From the second."


def test_two_people_tick_the_same_name_differently(table, held, sign_in):
    first, second = sign_in(table.co_chair), sign_in(table.secretary)
    name = f"p{table.roster.pk}-presence"
    one, two = filled(first.get(record_url(held))), filled(second.get(record_url(held)))
    first.post(record_url(held), {**one, name: "online"})

    response = second.post(record_url(held), {**two, name: "in_person"})

    assert response.status_code == 409
    assert Attendance.objects.get(meeting=held, person=table.roster).presence == "online"
    assert second.post(record_url(held), filled(response)).status_code == 302
    assert Attendance.objects.get(meeting=held, person=table.roster).presence == "in_person"


def test_two_people_tick_the_same_and_neither_is_stopped(table, held, sign_in):
    guest = Attendance.objects.create(meeting=held, name="Gerda", presence="online")
    first, second = sign_in(table.co_chair), sign_in(table.secretary)
    one, two = filled(first.get(record_url(held))), filled(second.get(record_url(held)))
    said = {f"p{table.roster.pk}-presence": "online", f"g{guest.pk}-presence": "in_person"}
    assert first.post(record_url(held), {**one, **said}).status_code == 302

    assert second.post(record_url(held), {**two, **said}).status_code == 302

    rows = Attendance.objects.filter(
        meeting=held, pk__in=[guest.pk, held.attendance.get(person=table.roster).pk]
    )
    assert sorted(rows.values_list("name", "presence", "version")) == [
        ("Gerda", "in_person", 2),
        ("Rosa Roster", "online", 1),
    ]


def test_stale_decisions_actions_and_guests_show_both(table, held, sign_in):
    decision = DecisionFactory(meeting=held, item=table.item, text="Old decision")
    action = ActionItemFactory(meeting=held, item=table.item, follower=table.roster, text="Old action")
    guest = Attendance.objects.create(meeting=held, name="Gerda", presence="online")
    first, second = sign_in(table.co_chair), sign_in(table.secretary)
    one, two = filled(first.get(record_url(held))), filled(second.get(record_url(held)))
    names = (f"e{decision.pk}-text", f"a{action.pk}-text")
    first.post(
        record_url(held),
        {**one, names[0]: "First D", names[1]: "First A", f"g{guest.pk}-presence": "in_person"},
    )

    response = second.post(
        record_url(held),
        {**two, names[0]: "Second D", names[1]: "Second A", f"g{guest.pk}-presence": "absent"},
    )

    assert response.status_code == 409
    html = response.content.decode()
    for text in ("First D", "Second D", "First A", "Second A"):
        assert text in html
    assert second.post(record_url(held), filled(response)).status_code == 302
    decision.refresh_from_db()
    action.refresh_from_db()
    guest.refresh_from_db()
    assert (decision.text, action.text, guest.presence) == ("Second D", "Second A", "absent")


def test_what_was_typed_into_something_taken_back_is_shown(table, held, sign_in):
    decision = DecisionFactory(meeting=held, item=table.item, text="Old decision")
    first, second = sign_in(table.co_chair), sign_in(table.secretary)
    one, two = filled(first.get(record_url(held))), filled(second.get(record_url(held)))
    assert first.post(record_url(held), {**one, f"e{decision.pk}-remove": "on"}).status_code == 302
    assert not Decision.objects.filter(pk=decision.pk).exists()

    response = second.post(record_url(held), {**two, f"e{decision.pk}-text": "Precious words"})

    assert response.status_code == 409
    assert "Precious words" in response.content.decode()
    assert second.post(record_url(held), two).status_code == 302  # untouched: nothing to mourn


def test_numbers_taken_back_do_not_come_again(table, held, sign_in):
    client = sign_in(table.co_chair)
    post(
        client,
        held,
        **{
            f"i{table.item.pk}d0-text": "One",
            f"i{table.item.pk}a0-text": "Do",
            f"i{table.item.pk}a0-follower": table.roster.pk,
        },
    )
    decision = Decision.objects.get(text="One")
    action = ActionItem.objects.get(text="Do")
    post(client, held, **{f"e{decision.pk}-remove": "on", f"a{action.pk}-remove": "on"})
    post(
        client,
        held,
        **{
            f"i{table.item.pk}d0-text": "Two",
            f"i{table.item.pk}a0-text": "Do it",
            f"i{table.item.pk}a0-follower": table.roster.pk,
        },
    )

    assert Decision.objects.get(text="Two").number == decision.number + 1
    assert ActionItem.objects.get(text="Do it").number == action.number + 1


def test_an_error_in_one_part_keeps_it_and_saves_the_others(table, held, sign_in):
    early = (timezone.localdate() - timedelta(days=200)).isoformat()
    key = f"i{table.item.pk}a0"
    response = post(
        sign_in(table.co_chair), held,
        **{f"i{table.item.pk}-note": "Saved.", f"{key}-text": "Too early", f"{key}-follower": table.roster.pk, f"{key}-due": early,
           f"i{table.item.pk}a1-text": "Nobody"},
    )  # fmt: skip

    assert response.status_code == 200
    html = response.content.decode()
    assert "The due date lies before the meeting." in html
    assert "Say who follows it up." in html
    assert AgendaItem.objects.get(pk=table.item.pk).note == "Saved."
    assert filled(response)[f"{key}-text"] == "Too early"
    assert not ActionItem.objects.filter(text__in=("Too early", "Nobody")).exists()


def test_due_dates_follow_the_next_meeting(table, held, sign_in):
    data = filled(sign_in(table.co_chair).get(record_url(held)))
    expected = timezone.localtime(table.meeting.starts_at, table.meeting.zone).date() - timedelta(days=14)
    assert data[f"i{table.item.pk}a0-due"] == expected.isoformat()

    table.meeting.delete()
    data = filled(sign_in(table.co_chair).get(record_url(held)))
    expected = timezone.localtime(held.starts_at, held.zone).date() + timedelta(days=60)
    assert data[f"i{table.item.pk}a0-due"] == expected.isoformat()


def test_an_announced_delegate_becomes_a_guest_with_the_voice_of_the_seat(table, held, sign_in):
    InvitationAnswer.objects.create(
        meeting=held, person=table.roster, answer=Answer.REGRETS, delegate_name="Dele Gate",
        delegate_organization="Demo College",
    )  # fmt: skip
    post(sign_in(table.co_chair), held)

    guest = Attendance.objects.get(meeting=held, person=None)
    assert (guest.name, guest.organization_name, guest.delegate_for, guest.role) == (
        "Dele Gate", "Demo College", table.roster, "member",
    )  # fmt: skip
    assert guest.stakeholder_type == table.roster.terms.get().seat.stakeholder_type
    post(sign_in(table.co_chair), held)
    assert Attendance.objects.filter(meeting=held, person=None).count() == 1


def test_whoever_left_the_roster_since_keeps_the_action(table, held, sign_in):
    action = ActionItemFactory(meeting=held, item=table.item, follower=table.former_co_chair)
    post(sign_in(table.co_chair), held, **{f"a{action.pk}-text": "Changed words"})

    action.refresh_from_db()
    assert (action.text, action.follower) == ("Changed words", table.former_co_chair)


def test_closed_records_lead_to_the_outcomes(table, held, sign_in):
    held.outcome_state = OutcomeState.APPROVED
    held.approved_at = timezone.now()
    held.frozen = None
    held.save()
    cancelled = MeetingFactory(
        group=table.group, state="cancelled", state_reason="Snow", year=2019, quarter=1
    )

    for meeting in (held, cancelled):
        for verb in ("get", "post"):
            response = getattr(sign_in(table.co_chair), verb)(record_url(meeting))
            assert (response.status_code, response["Location"]) == (
                302, reverse("meetings:outcome-detail", args=["nursing", meeting.identifier]),
            )  # fmt: skip


def test_the_number_of_queries_does_not_grow(table, held, sign_in, record_queries):
    client = sign_in(table.co_chair)
    few = record_queries(lambda: client.get(record_url(held)))
    for n in range(3):
        item = AgendaItemFactory(meeting=held, position=n + 10)
        DecisionFactory(meeting=held, item=item)
        ActionItemFactory(meeting=held, item=item, follower=make_term(table.group, f"Nina {n}").person)
        Attendance.objects.create(meeting=held, name=f"Guest {n}", presence="online")
    many = record_queries(lambda: client.get(record_url(held)))

    assert many == few


def test_french_page(table, held, sign_in):
    with translation.override("fr"):
        url = record_url(held)
    html = sign_in(table.co_chair).get(url).content.decode()

    assert f"Rédiger le compte rendu de {held.identifier}" in html
    assert "Qui était là" in html
    assert "Who was there" not in html


def test_the_empty_sheet_has_everybody(table, held, sign_in):
    response = sign_in(table.secretary).get(
        reverse("meetings:outcome-sheet", args=["nursing", held.identifier])
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert "Rosa Roster" in html
    assert "Bridging course" in html


def test_hostile_notes_are_shown_as_text(table, held, sign_in):
    client = sign_in(table.co_chair)
    hostile = (
        "<script>window.__x=1</script>\x00 \ud83d".encode("utf-8", "ignore").decode().replace("\x00", "")
    )
    post(client, held, **{f"i{table.item.pk}-note": hostile, f"i{table.item.pk}d0-text": hostile})

    for name in ("outcome-record", "outcome-detail", "outcome-circulate"):
        html = client.get(reverse(f"meetings:{name}", args=["nursing", held.identifier])).content.decode()
        assert "<script>window" not in html


def test_nonsense_in_the_form_is_no_error_of_ours(table, held, sign_in):
    key = f"i{table.item.pk}"
    for changes in (
        {f"{key}-version": "x"}, {f"{key}-visibility": "nobody", f"{key}-note": "n"}, {f"{key}d0-function": "999999999", f"{key}d0-text": "t"},
        {f"p{table.roster.pk}-presence": "dancing"}, {"save": "//evil"}, {f"{key}a0-follower": "abc", f"{key}a0-text": "t"},
    ):  # fmt: skip
        assert post(sign_in(table.co_chair), held, **changes).status_code in (200, 302, 409)
    data = {"i1-version": "1", "zz": "1", "e9-version": "7"}
    assert sign_in(table.co_chair).post(record_url(held), data).status_code in (302, 409)


def test_a_part_that_vanishes_at_that_very_moment(table, held, sign_in, monkeypatch):
    def vanish(**kwargs):
        raise AgendaItem.DoesNotExist

    monkeypatch.setattr(records, "save_item", vanish)
    response = post(sign_in(table.co_chair), held, **{f"i{table.item.pk}-note": "Precious words"})

    assert response.status_code == 409
    assert "Precious words" in response.content.decode()


def test_a_record_that_closes_at_that_very_moment_keeps_what_was_typed(table, held, sign_in, monkeypatch):
    def refuse(*args, **kwargs):
        raise RecordIsFrozen

    monkeypatch.setattr(attendance, "save_presence", refuse)
    response = post(sign_in(table.co_chair), held, **{f"i{table.item.pk}-note": "Precious words"})

    assert response.status_code == 409
    html = response.content.decode()
    assert "Precious words" in html
    assert "The outcomes are approved" in html

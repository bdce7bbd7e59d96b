"""What a record knows beside its texts: its language, the decision and the seat of an action, names in both languages."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from iqn.history.models import Event
from tests.factories.workgroups import ActionItemFactory, DecisionFactory
from tests.workgroups.outcome_scene import address, approve
from tests.workgroups.test_record_pages import filled, post, record_url
from workgroups.groups.choices import GroupStatus
from workgroups.meetings.actions import action_items, attendance, meetings, records
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.errors import GroupIsConcluded
from workgroups.meetings.minutes import written_minutes
from workgroups.meetings.models import ActionItem, Attendance, Decision

pytestmark = pytest.mark.django_db


def test_texts_are_in_the_language_of_the_record_whatever_the_page_speaks(table, sign_in):
    records.change_language(meeting=table.held, language="fr", by=table.co_chair)
    client = sign_in(table.co_chair)
    table.item.note = ""
    table.item.save()
    key = f"i{table.item.pk}"

    post(client, table.held, **{
        f"{key}-note": "Note en français", f"{key}d0-text": "Décision prise", f"{key}a0-text": "Action promise",
        f"{key}a0-follower": str(table.roster.pk),
    })  # fmt: skip

    table.item.refresh_from_db()
    assert table.item.note_language == "fr"
    assert Decision.objects.get(text="Décision prise").language == "fr"
    assert ActionItem.objects.get(text="Action promise").language == "fr"
    html = client.get(address("outcome-detail", table.held)).content.decode()
    assert '<div class="prose" lang="fr"><p>Note en français' in html


def test_the_language_is_corrected_on_the_page_of_the_record(table, sign_in):
    DecisionFactory(meeting=table.held, item=table.item, language="fr", text="Déjà en français")
    client = sign_in(table.co_chair)
    assert filled(client.get(record_url(table.held)))["m-language"] == "en"

    post(client, table.held, **{"m-language": "fr"})
    post(client, table.held, **{"m-language": "xx"})

    table.held.refresh_from_db()
    table.item.refresh_from_db()
    assert (table.held.language, table.item.note_language) == ("fr", "fr")
    assert set(table.held.decisions.values_list("language", flat=True)) == {"fr"}
    records.change_language(meeting=table.held, language="fr", by=table.co_chair)
    assert Event.objects.filter(verb="meetings.record_language_changed").count() == 1


def test_a_meeting_is_recorded_in_the_language_in_which_it_was_scheduled(table):
    with translation.override("fr"):
        meeting = meetings.schedule_meeting(
            group=table.group, starts_at=table.meeting.ends_at, mode="online", place="", join_link="",
            ends_at=table.meeting.ends_at + (table.meeting.ends_at - table.meeting.starts_at), by=table.co_chair,
        )  # fmt: skip

    assert meeting.language == "fr"


def test_no_language_is_chosen_for_what_is_closed(table):
    table.group.status, table.group.closing_note_en = GroupStatus.CONCLUDED, "Done"
    table.group.save()

    with pytest.raises(GroupIsConcluded):
        records.change_language(meeting=table.held, language="fr", by=table.staff)


def test_an_action_carries_out_a_decision_and_stays_with_a_seat(table, sign_in):
    client = sign_in(table.co_chair)
    seat = table.roster.terms.get().seat
    elsewhere = DecisionFactory(group=table.group, meeting=table.meeting)
    key = f"a{table.action.pk}"

    post(client, table.held, **{f"{key}-decision": str(table.decision.pk), f"{key}-seat": str(seat.pk)})

    table.action.refresh_from_db()
    assert (table.action.decision, table.action.seat, table.action.follower) == (
        table.decision,
        seat,
        table.roster,
    )
    again = filled(client.get(record_url(table.held)))
    assert (again[f"{key}-decision"], again[f"{key}-seat"]) == (str(table.decision.pk), str(seat.pk))
    refused = post(client, table.held, **{f"{key}-decision": str(elsewhere.pk)})
    assert f"{key}-decision" in refused.context["page"].problems.errors


def test_the_seat_of_an_action_is_still_offered_when_it_has_gone(table, sign_in):
    seat = table.roster.terms.get().seat
    ActionItem.objects.filter(pk=table.action.pk).update(seat=seat)
    seat.until = table.held.local_start.date()
    seat.save()

    assert filled(sign_in(table.co_chair).get(record_url(table.held)))[f"a{table.action.pk}-seat"] == str(
        seat.pk
    )


def test_the_decision_of_an_action_is_named_to_those_who_may_read_it(table, sign_in):
    table.held.outcome_state = OutcomeState.CIRCULATED
    table.held.save()
    secret = DecisionFactory(meeting=table.held, item=table.item, visibility="roster")
    action = ActionItemFactory(meeting=table.held, item=table.item, decision=secret, visibility="public")

    for role, knows in (("roster", True), ("member", False)):
        html = sign_in(table.people[role]).get(action.get_absolute_url()).content.decode()
        assert (secret.identifier in html) == knows, role


def test_closing_notes_and_reasons_carry_their_language(table, sign_in):
    with translation.override("fr"):
        action_items.finish(action=table.action, by=table.roster, closing_note="C’est fait")

    html = sign_in(table.roster).get(table.action.get_absolute_url()).content.decode()
    assert '<dd lang="fr">C’est fait</dd>' in html


def test_attendance_keeps_the_names_of_the_day_in_both_languages(table, sign_in):
    organization = table.roster.terms.get().seat.organization
    organization.name_en, organization.name_fr = "College of the day", "Ordre du jour même"
    organization.save()
    tick = attendance.Tick(table.roster.pk, "in_person", 0)
    attendance.save_presence(meeting=table.held, ticks=[tick], by=table.co_chair)
    organization.name_en, organization.name_fr = "Renamed", "Renommé"
    organization.save()

    row = Attendance.objects.get(person=table.roster)
    assert (row.organization_name, row.organization_name_fr) == ("College of the day", "Ordre du jour même")
    assert written_minutes(table.held)["attendance"][0]["organization"] == {
        "en": "College of the day", "fr": "Ordre du jour même",
    }  # fmt: skip
    client = sign_in(table.co_chair)
    for language, name in (("en", "College of the day"), ("fr", "Ordre du jour même")):
        with translation.override(language):
            pages = [
                record_url(table.held), address("outcome-detail", table.held),
                reverse("meetings:attendance-list", args=["nursing"]),
            ]  # fmt: skip
        for page in pages:
            assert name in client.get(page).content.decode(), page
        csv = client.get(pages[-1], {"format": "csv"}).getvalue().decode()
        assert name in csv


def test_a_guest_has_one_name_for_the_organization(table):
    attendance.add_guest(
        meeting=table.held,
        name="Gus Guest",
        organization_name="Somewhere",
        presence="online",
        by=table.co_chair,
    )

    assert written_minutes(table.held)["attendance"][0]["organization"] == {
        "en": "Somewhere",
        "fr": "Somewhere",
    }


def test_the_state_of_outcomes_is_said_once(table, sign_in):
    table.held.outcome_state = OutcomeState.DRAFT
    table.held.save()
    page = sign_in(table.roster)
    draft = page.get(address("outcome-detail", table.held)).content.decode()
    assert draft.count("A draft:") == 1
    assert ">Draft<" not in draft
    approve(table)
    html = page.get(address("outcome-detail", table.held)).content.decode()
    assert html.count("Approved on") == 1
    assert ">Approved<" not in html

"""From a draft to approved outcomes, and what each reader sees on the way."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from iqn import identifiers
from iqn.mail.models import Message
from members.actions import affiliations, people
from tests.factories.members import AffiliationFactory, OrganizationFactory
from tests.factories.reference import StakeholderTypeFactory
from tests.factories.workgroups import (
    ActionItemFactory,
    AgendaItemFactory,
    DecisionFactory,
    MeetingFactory,
    TermsOfReferenceFactory,
)
from tests.pages_check import problems_of
from tests.workgroups.outcome_scene import CANARIES, address, approve, circulate, fill
from workgroups.groups.choices import GroupStatus, Quorum
from workgroups.meetings.actions import action_items, attendance, decisions, records
from workgroups.meetings.choices import ItemState, OutcomeState, Presence
from workgroups.meetings.errors import (
    ClaimTooLate,
    GroupIsConcluded,
    NothingRecorded,
    NotOverYet,
    NotPossibleNow,
    RecordIsFrozen,
    StaleVersion,
)
from workgroups.meetings.minutes import mark_of, written_minutes
from workgroups.meetings.models import AgendaItem, Attendance, Decision

pytestmark = pytest.mark.django_db

KINDS = ("title", "note", "decision", "action")
SEES = {
    "anonymous": {"public"}, "member": {"public", "members"}, "former_co_chair": {"public", "members"},
    "other_co_chair": {"public", "members"}, "roster": {"public", "members", "roster"},
    "alternate": {"public", "members", "roster"}, "co_chair": {"public", "members", "roster"},
    "staff": {"public", "members", "roster"},
}  # fmt: skip


@pytest.fixture
def scene(table):
    fill(table)
    return table


def seen_words(html: str) -> set[str]:
    found = set()
    for level, word in CANARIES.items():
        for kind in ("note", "decision", "action"):
            if f"{word} {kind}" in html:
                found.add(level)
    return found


@pytest.mark.parametrize("role", SEES)
def test_each_reader_sees_their_parts_and_no_word_more(scene, sign_in, role):
    client = sign_in(None if role == "anonymous" else scene.people[role])
    before = client.get(address("outcome-detail", scene.held)).content.decode()
    circulate(scene)
    pages = [
        address("outcome-detail", scene.held),
        *(reverse(f"meetings:{name}", args=["nursing"]) for name in ("decision-list", "action-list")),
        reverse("meetings:decision-list-all"),
    ]

    is_roster = "roster" in SEES[role]
    assert seen_words(before) == (SEES[role] if is_roster else set())
    for page in pages:
        assert seen_words(client.get(page).content.decode()) == SEES[role], page
        if page != pages[0]:
            csv = client.get(page, {"format": "csv"}).getvalue().decode()
            assert seen_words(csv) == SEES[role], page
    for model in (Decision, type(scene.action)):
        for row in model.objects.filter(meeting=scene.held, text__contains="word"):
            may = row.visibility in SEES[role]
            assert client.get(row.get_absolute_url()).status_code == (200 if may else 404)
            user = scene.people[role].user if role != "anonymous" else client.get("/en/").wsgi_request.user
            assert (identifiers.resolve(row.identifier, user) is not None) == may


def test_the_preview_shows_exactly_what_each_of_the_three_sees(scene, sign_in):
    html = sign_in(scene.co_chair).get(address("outcome-circulate", scene.held)).content.decode()
    parts = re.split(r'<section aria-labelledby="for-', html)[1:]

    assert [seen_words(part) for part in parts] == [
        {"roster", "members", "public"}, {"members", "public"}, {"public"},
    ]  # fmt: skip
    circulate(scene)
    readers = (scene.roster, scene.member, None)
    for reader, part in zip(readers, parts, strict=True):
        page = sign_in(reader).get(address("outcome-detail", scene.held)).content.decode()
        words = [
            re.sub(r"<[^>]+>|\s+", " ", text)
            for text in re.findall(r'<div class="(?:prose|card)".*?</div>', page, re.S)
        ]
        preview = [
            re.sub(r"<[^>]+>|\s+", " ", text)
            for text in re.findall(r'<div class="(?:prose|card)".*?</div>', part, re.S)
        ]
        assert words == preview
        assert words != []


def test_circulating_writes_to_the_roster_each_in_their_language(scene, sign_in, deliver):
    scene.alternate.language = "fr"
    scene.alternate.save()
    client = sign_in(scene.co_chair)
    mark = re.search(
        r'name="seen_mark" value="(\w+)"',
        client.get(address("outcome-circulate", scene.held)).content.decode(),
    )[1]

    response = client.post(address("outcome-circulate", scene.held), {"seen_mark": mark})

    assert response.status_code == 302
    letters = {letter.to[0]: letter for letter in deliver()}
    assert set(letters) == {
        scene.people[name].user.email for name in ("roster", "alternate", "secretary", "co_chair")
    } | {"second.chair@example.org"}
    french = letters[scene.alternate.user.email]
    assert french.subject == f"Soins infirmiers\u00a0: compte rendu de {scene.held.identifier}"
    assert "/fr/groupes-de-travail/nursing/reunions/" in french.body
    assert "/en/work-groups/actions/answer/" in letters[scene.roster.user.email].body
    scene.held.refresh_from_db()
    assert scene.held.outcome_state == OutcomeState.CIRCULATED
    again = client.post(address("outcome-circulate", scene.held), {"seen_mark": mark})
    assert again.status_code == 302
    assert Message.objects.count() == 5


def test_letters_are_dropped_once_the_recipient_has_left(scene, deliver):
    circulate(scene)
    term = scene.roster.terms.get()
    term.until = timezone.localdate()
    term.save()

    assert scene.roster.user.email not in {letter.to[0] for letter in deliver()}


def test_what_was_not_previewed_is_not_circulated(scene, sign_in):
    mark = mark_of(written_minutes(scene.held))
    scene.item.note = "Changed meanwhile."
    scene.item.save()

    response = sign_in(scene.co_chair).post(address("outcome-circulate", scene.held), {"seen_mark": mark})

    assert response.status_code == 409
    assert "Changed meanwhile." in response.content.decode()
    assert Message.objects.count() == 0


def test_a_meeting_to_come_or_without_a_record_is_not_circulated(table, sign_in):
    for meeting, error in ((table.meeting, NotOverYet),):
        meeting.outcome_state = OutcomeState.DRAFT
        meeting.save()
        with pytest.raises(error):
            records.circulate(meeting=meeting, seen_mark="", by=table.co_chair)
    response = sign_in(table.co_chair).post(address("outcome-circulate", table.meeting), {})
    assert response.status_code == 409
    assert "has not begun" in response.content.decode()
    empty = MeetingFactory(
        group=table.group, starts_at=timezone.now() - timedelta(days=200), outcome_state="draft"
    )
    with pytest.raises(NothingRecorded):
        records.circulate(meeting=empty, seen_mark=mark_of(written_minutes(empty)), by=table.co_chair)
    with pytest.raises(NotPossibleNow):
        records.circulate(
            meeting=MeetingFactory(group=table.group, year=2020, outcome_state="circulated"),
            seen_mark="",
            by=table.co_chair,
        )


def test_circulating_hands_on_to_the_next_meeting(scene):
    carried = AgendaItemFactory(meeting=scene.held, title="Not finished", state=ItemState.CARRIED)
    circulate(scene)

    items = AgendaItem.objects.filter(meeting=scene.meeting).order_by("position")
    assert [(item.title, item.approves, item.carried_from) for item in items] == [
        (f"Approve the outcomes of {scene.held.identifier}", scene.held, None), ("Not finished", None, carried),
    ]  # fmt: skip


def test_what_stands_on_the_next_agenda_comes_no_second_time(scene):
    carried = AgendaItemFactory(meeting=scene.held, title="Not finished", state=ItemState.CARRIED)
    AgendaItemFactory(meeting=scene.meeting, title="Not finished", carried_from=carried)
    circulate(scene)

    approval = f"Approve the outcomes of {scene.held.identifier}"
    assert sorted(scene.meeting.items.values_list("title", flat=True)) == [approval, "Not finished"]


def test_a_meeting_whose_outcomes_are_told_takes_nothing_more(scene):
    AgendaItemFactory(meeting=scene.held, title="Not finished", state=ItemState.CARRIED)
    scene.meeting.outcome_state = OutcomeState.CIRCULATED
    scene.meeting.save()

    assert circulate(scene).outcome_state == OutcomeState.CIRCULATED

    assert scene.meeting.items.count() == 0


def test_what_was_told_is_not_taken_back(scene):
    decision = DecisionFactory(meeting=scene.held, item=scene.item)
    circulate(scene)

    for take_back in (
        lambda: decisions.take_back(decision=decision, by=scene.co_chair),
        lambda: action_items.take_back(action=scene.action, by=scene.co_chair),
    ):
        with pytest.raises(NotPossibleNow):
            take_back()
    assert Decision.objects.filter(pk=decision.pk).exists()
    assert type(scene.action).objects.filter(pk=scene.action.pk).exists()


@pytest.mark.parametrize("step", [circulate, approve])
def test_who_follows_an_action_up_is_for_the_network(scene, sign_in, step):
    """Everybody reads what is to be done."""
    step(scene)
    action = scene.held.action_items.get(visibility="public")
    actions = reverse("meetings:action-list", args=["nursing"])
    pages = [
        address("outcome-detail", scene.held),
        action.get_absolute_url(),
        actions,
        f"{actions}?format=csv",
    ]
    for reader, is_named in ((None, False), (scene.member, True), (scene.alternate, True)):
        client = sign_in(reader)
        texts = [client.get(page).getvalue().decode() for page in pages]
        assert ["loonword action" in text for text in texts] == [True] * 4
        assert [scene.roster.name in text for text in texts] == [is_named] * 4


def test_the_next_meeting_approves(scene, sign_in):
    from tests.workgroups.test_record_pages import filled, record_url

    circulate(scene)
    item = AgendaItem.objects.get(approves=scene.held)
    client = sign_in(scene.secretary)
    assert (
        client.get(address("outcome-approve", scene.held)).status_code == 302
    )  # no button: it is on an agenda
    data = filled(client.get(record_url(scene.meeting)))

    assert client.post(record_url(scene.meeting), {**data, f"i{item.pk}-approve": "on"}).status_code == 302

    scene.held.refresh_from_db()
    assert (scene.held.outcome_state, scene.held.approved_by) == (OutcomeState.APPROVED, scene.meeting)
    assert f"i{item.pk}-approve" not in client.get(record_url(scene.meeting)).content.decode()


def test_a_button_approves_where_no_meeting_follows(scene, sign_in):
    scene.meeting.delete()
    circulate(scene)
    client = sign_in(scene.co_chair)

    assert client.get(address("outcome-approve", scene.held)).status_code == 200
    assert client.post(address("outcome-approve", scene.held)).status_code == 302
    scene.held.refresh_from_db()
    assert scene.held.is_frozen
    assert records.approve(meeting=scene.held, by=scene.co_chair).approved_at == scene.held.approved_at


def test_only_circulated_outcomes_are_approved_and_only_approved_ones_corrected(scene, sign_in):
    with pytest.raises(NotPossibleNow):
        records.approve(meeting=scene.held, by=scene.co_chair)
    with pytest.raises(NotPossibleNow):
        records.correct(meeting=scene.held, text="No.", by=scene.co_chair)
    assert sign_in(scene.co_chair).get(address("correction-create", scene.held)).status_code == 302


def shown(client, meeting) -> str:
    return shown_at(client, address("outcome-detail", meeting))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_approved_outcomes_stay_byte_for_byte(scene, sign_in, language):
    TermsOfReferenceFactory(
        group=scene.group, adopted_on=scene.held.local_start.date(), quorum="heads", quorum_count=2
    )
    approve(scene)
    readers = (scene.alternate, scene.member, None)
    with translation.override(language):
        before = [shown(sign_in(reader), scene.held) for reader in readers]

    term = scene.roster.terms.select_related("seat__organization", "seat__stakeholder_type").get()
    organization, kind = term.seat.organization, term.seat.stakeholder_type
    organization.name_en = organization.name_fr = "Renamed"
    organization.save()
    kind.name_en = kind.name_fr = "Another type"
    kind.save()
    AffiliationFactory(person=scene.roster, organization=OrganizationFactory(), title="President")
    scene.roster.name = "Changed Name"
    scene.roster.user.delete()
    scene.roster.user = None
    scene.roster.is_shown_as_former_member = True
    scene.roster.save()
    scene.action.follower = scene.alternate
    scene.action.save()
    item = AgendaItem.objects.filter(meeting=scene.held).first()
    AgendaItem.objects.filter(pk=item.pk).update(note="Rewritten by hand")

    with translation.override(language):
        assert [shown(sign_in(reader), scene.held) for reader in readers] == before
    assert "Rosa Roster" in before[0]


@pytest.mark.parametrize("name_on_posts", ["kept", "former_member"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_last_years_record_outlives_a_new_job_and_a_departure(scene, sign_in, language, name_on_posts):
    """One person changes organization, another leaves for good at their own request, each by the portal's own way."""
    own = scene.roster.terms.select_related("seat__organization", "seat__stakeholder_type").get().seat
    at_work = AffiliationFactory(person=scene.roster, organization=own.organization, since=date(2020, 1, 1))
    scene.held.starts_at = timezone.now() - timedelta(days=370)
    scene.held.ends_at = scene.held.starts_at + timedelta(hours=2)
    scene.held.save()
    approve(scene)
    records.correct(meeting=scene.held, text="A word was wrong.", by=scene.secretary)
    readers = (scene.alternate, scene.member, None)
    pages = (address("outcome-detail", scene.held), scene.held.get_absolute_url())

    def shown_now() -> list[str]:
        with translation.override(language):
            return [shown_at(sign_in(reader), page) for reader in readers for page in pages]

    before = shown_now()
    affiliations.change_employer(
        by=scene.roster, day=timezone.localdate(), ended=at_work,
        organization="Another employer", kind=own.stakeholder_type, title="President",
    )  # fmt: skip
    people.leave(by=scene.co_chair, name_on_posts=name_on_posts)

    assert shown_now() == before
    assert "Rosa Roster" in before[0]
    assert "Cora Chair" in before[0]
    scene.co_chair.refresh_from_db()
    assert scene.co_chair.is_shown_as_former_member == (name_on_posts == "former_member")


def shown_at(client, path: str) -> str:
    return re.sub(
        r'name="(csrfmiddlewaretoken|submission)" value="[^"]+"', "", client.get(path).content.decode()
    )


def test_approved_outcomes_are_frozen_for_every_action(scene):
    approve(scene)
    decision = Decision.objects.filter(meeting=scene.held).first()
    guest = Attendance.objects.filter(meeting=scene.held).first()
    by = scene.co_chair
    for call in (
        lambda: records.save_item(
            item=scene.item, version=1, note="x", visibility="public", state="open", by=by
        ),
        lambda: decisions.take(item=scene.item, values={"text": "x"}, by=by),
        lambda: decisions.change(decision=decision, version=1, values={"text": "x"}, by=by),
        lambda: decisions.take_back(decision=decision, by=by),
        lambda: attendance.save_presence(meeting=scene.held, ticks=[], by=by),
        lambda: attendance.add_guest(
            meeting=scene.held, name="x", organization_name="", presence="online", by=by
        ),
        lambda: attendance.change_guest(guest=guest, presence="absent", version=1, by=by),
        lambda: attendance.claim(meeting=scene.held, by=scene.roster),
    ):
        with pytest.raises(RecordIsFrozen):
            call()


def test_cancelled_meetings_and_concluded_groups_are_not_recorded(scene):
    by = scene.co_chair
    scene.group.status, scene.group.closing_note_en = GroupStatus.CONCLUDED, "Done."
    scene.group.save()
    with pytest.raises(GroupIsConcluded):
        records.save_item(item=scene.item, version=1, note="x", visibility="public", state="open", by=by)
    with pytest.raises(GroupIsConcluded):
        decisions.take_in_writing(
            group=scene.group, decided_on=timezone.localdate(), values={"text": "x"}, by=by
        )
    scene.held.state, scene.held.state_reason = "cancelled", "Snow"
    scene.held.save()
    with pytest.raises(NotPossibleNow):
        records.save_item(item=scene.item, version=1, note="x", visibility="public", state="open", by=by)


def test_corrections_are_dated_entries(scene, sign_in):
    approve(scene)
    client = sign_in(scene.secretary)
    assert client.post(address("correction-create", scene.held), {"text": ""}).status_code == 200

    assert (
        client.post(address("correction-create", scene.held), {"text": "It was <b>Tuesday</b>."}).status_code
        == 302
    )

    html = sign_in(None).get(address("outcome-detail", scene.held)).content.decode()
    assert "It was &lt;b&gt;Tuesday&lt;/b&gt;." in html
    assert "Sven Secretary" not in html
    assert "Sven Secretary" in shown(sign_in(scene.roster), scene.held)


@pytest.fixture
def lately(table):
    """A meeting of last week at which the record has nobody."""
    meeting = MeetingFactory(group=table.group, starts_at=timezone.now() - timedelta(days=7), sequence=2)
    AgendaItemFactory(meeting=meeting)
    return meeting


def test_i_was_there(table, lately, sign_in):
    from tests.workgroups.test_record_pages import filled, record_url

    client = sign_in(table.roster)
    assert "I was there, and" in client.get(address("outcome-detail", lately)).content.decode()
    assert client.get(address("attendance-claim", lately)).status_code == 200
    assert client.post(address("attendance-claim", lately)).status_code == 302

    row = Attendance.objects.get(meeting=lately)
    assert (row.person, row.presence, row.claimed_at is not None) == (
        table.roster,
        Presence.SAYS_PRESENT,
        True,
    )
    assert client.post(address("attendance-claim", lately)).status_code == 302  # a second time: nothing
    assert attendance.claim(meeting=lately, by=table.roster).version == row.version
    chair = sign_in(table.co_chair)
    page = chair.get(record_url(lately))
    assert "1 person says they were there" in page.content.decode()
    chair.post(record_url(lately), {**filled(page), f"p{table.roster.pk}-presence": "online"})
    row.refresh_from_db()
    assert row.presence == "online"
    with pytest.raises(NotPossibleNow):
        attendance.claim(meeting=lately, by=table.roster)


def test_i_was_there_is_asked_within_a_fortnight_by_those_of_the_day(table, lately, sign_in):
    with pytest.raises(NotPossibleNow):  # on no roster of that day
        attendance.claim(meeting=lately, by=table.member)
    old = table.held
    with pytest.raises(ClaimTooLate):
        attendance.claim(meeting=old, by=table.roster)
    assert sign_in(table.roster).get(address("attendance-claim", old)).status_code == 302
    assert sign_in(table.member).get(address("attendance-claim", lately)).status_code == 403
    saved = Attendance.objects.create(meeting=lately, person=table.roster, name="Rosa", presence="absent")
    assert attendance.claim(meeting=lately, by=table.roster).version == saved.version + 1


def test_a_claim_that_comes_too_late_for_its_page(table, lately, sign_in, monkeypatch):
    def refuse(**kwargs):
        raise ClaimTooLate

    monkeypatch.setattr(attendance, "claim", refuse)
    response = sign_in(table.roster).post(address("attendance-claim", lately), follow=True)
    assert "within 14 days" in response.content.decode()


def test_voices_and_quorum(scene, sign_in):
    missing = StakeholderTypeFactory(name_en="Employers", name_fr="Employeurs")
    there = scene.roster.terms.get().seat.stakeholder_type
    terms = TermsOfReferenceFactory(
        group=scene.group, adopted_on=scene.held.local_start.date(), quorum=Quorum.VOICES, quorum_count=2
    )
    terms.expected_types.set([missing, there])
    circulate(scene)
    decision = Decision.objects.get(meeting=scene.held, text="loonword decision")

    html = sign_in(None).get(decision.get_absolute_url()).content.decode()

    assert "Employers" in html
    assert there.name_en in html
    assert "needed: 2" in html
    assert "not reached" in html
    later = TermsOfReferenceFactory(group=scene.group, number=2, adopted_on=timezone.localdate())
    later.expected_types.set([])
    assert "Employers" in sign_in(None).get(decision.get_absolute_url()).content.decode()  # those of the day


def test_quorum_by_heads(scene):
    from workgroups.meetings.voices import voices_of

    terms = TermsOfReferenceFactory(group=scene.group, quorum=Quorum.HEADS, quorum_count=2)
    rows = list(Attendance.objects.filter(meeting=scene.held))
    Attendance.objects.create(meeting=scene.held, name="Guest", presence="online")
    day = scene.held.local_start.date()

    assert voices_of(scene.group, day, list(scene.held.attendance.all())).is_met
    terms.quorum_count = 3
    terms.save()
    found = voices_of(scene.group, day, rows)
    assert (found.heads, found.needed, found.is_met) == (2, 3, False)


def test_attendance_over_time(scene, sign_in, record_queries):
    url = reverse("meetings:attendance-list", args=["nursing"])
    client = sign_in(scene.roster)
    html = client.get(url).content.decode()
    assert "Rosa Roster" in html
    assert scene.held.identifier in html
    lines = client.get(url, {"format": "csv"}).getvalue().decode().splitlines()
    assert len(lines) == 3
    few = record_queries(lambda: client.get(url))
    for n in range(3):
        meeting = MeetingFactory(
            group=scene.group,
            year=2021 + n,
            starts_at=timezone.now() - timedelta(days=900 + n),
            outcome_state="draft",
        )
        Attendance.objects.create(meeting=meeting, name=f"Guest {n}", presence="online")
    assert record_queries(lambda: client.get(url)) == few


def test_an_empty_attendance_page_says_so(table, sign_in):
    html = sign_in(table.roster).get(reverse("meetings:attendance-list", args=["nursing"])).content.decode()
    assert "Nothing recorded yet" in html


def test_the_number_of_queries_does_not_grow(scene, sign_in, record_queries):
    circulate(scene)
    for client in (sign_in(scene.co_chair), sign_in(None)):
        few = record_queries(lambda client=client: client.get(address("outcome-detail", scene.held)))
        for _n in range(3):
            item = AgendaItemFactory(meeting=scene.held, visibility="public", note="n")
            DecisionFactory(meeting=scene.held, item=item)
            ActionItemFactory(meeting=scene.held, item=item, visibility="public")
        many = record_queries(lambda client=client: client.get(address("outcome-detail", scene.held)))
        assert many == few


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_sound(scene, sign_in, language):
    circulate(scene)
    with translation.override(language):
        for client in (sign_in(scene.co_chair), sign_in(scene.roster), sign_in(None)):
            html = client.get(address("outcome-detail", scene.held)).content.decode()
            assert problems_of(html) == []
            assert ("Compte rendu de" in html) == (language == "fr")
        chair = sign_in(scene.co_chair)
        for name in ("outcome-record", "outcome-sheet"):
            assert problems_of(chair.get(address(name, scene.held)).content.decode()) == []
        records.approve(meeting=scene.held, by=scene.co_chair)
        assert problems_of(chair.get(address("correction-create", scene.held)).content.decode()) == []


def test_the_preview_is_sound(scene, sign_in):
    html = sign_in(scene.co_chair).get(address("outcome-circulate", scene.held)).content.decode()
    assert problems_of(html) == []


def test_unknown_meetings_are_not_found(table, sign_in):
    for identifier in ("NUR-2026-Q9", "LAW-2026-Q1", "nonsense", "NUR-1999-Q1", f"{table.held.identifier}-1"):
        url = f"/en/work-groups/nursing/meetings/{identifier}/outcomes/"
        expected = 200 if identifier.endswith("-1") and "-Q" in identifier else 404
        assert sign_in(None).get(url).status_code == expected, identifier


def test_saving_an_item_that_somebody_else_changed_is_refused(scene):
    records.save_item(
        item=scene.item, version=1, note="A", visibility="roster", state="open", by=scene.co_chair
    )
    same = records.save_item(
        item=scene.item, version=1, note="A", visibility="roster", state="open", by=scene.secretary
    )
    assert same.version == 2
    with pytest.raises(StaleVersion):
        records.save_item(
            item=scene.item, version=1, note="B", visibility="roster", state="open", by=scene.secretary
        )

"""The whole page of a record: every part with its own version, in one form, saved part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import Organization, Person
from workgroups.groups.models import Function, Seat
from workgroups.meetings.choices import OutcomeState
from workgroups.meetings.due_dates import default_due
from workgroups.meetings.forms.records import (
    ActionForm,
    DecisionForm,
    GuestForm,
    ItemForm,
    LanguageForm,
    PresenceForm,
)
from workgroups.meetings.forms.versioned import VersionedForm
from workgroups.meetings.models import AgendaItem, Meeting
from workgroups.meetings.rosters_of_day import (
    Line,
    delegates_expected,
    guests_of,
    lines_of,
    terms_of_day,
)

# The first letter of a part's name in the page
WRITTEN_ON = {"i": ItemForm, "e": DecisionForm, "a": ActionForm}
NEW_GUESTS, NEW_DECISIONS, NEW_ACTIONS = 2, 1, 2


@dataclass
class ItemPart:
    item: AgendaItem
    form: ItemForm
    decisions: list[DecisionForm] = field(default_factory=list)
    actions: list[ActionForm] = field(default_factory=list)

    @property
    def forms(self) -> Iterator[VersionedForm]:
        yield from (self.form, *self.decisions, *self.actions)


class Problems:
    """What the error summary of the page shows: the errors of all parts together."""

    def __init__(self, forms: list[VersionedForm]) -> None:
        self.forms = [form for form in forms if form.is_bound and form.errors]

    @property
    def errors(self) -> dict[str, list]:
        return {
            f"{form.prefix}-{name}": list(found) for form in self.forms for name, found in form.errors.items()
        }

    @property
    def non_field_errors(self) -> list[str]:
        return [error for form in self.forms for error in form.non_field_errors()]

    def __iter__(self):
        for form in self.forms:
            yield from form


class RecordPage:
    """Unbound: what is saved. With data: what somebody typed."""

    def __init__(self, meeting: Meeting, data=None) -> None:
        self.meeting, self.data = meeting, data
        self.refused = ""  # why nothing can be written any more
        self.language = LanguageForm(data, row=meeting, prefix="m")
        self.may_remove = meeting.outcome_state in (OutcomeState.NONE, OutcomeState.DRAFT)
        self.lines: list[tuple[Line, PresenceForm]] = [
            (line, PresenceForm(data, row=line.row, prefix=f"p{line.person.pk}"))
            for line in lines_of(meeting)
        ]
        guests = guests_of(meeting)
        expected = delegates_expected(meeting, guests)
        self.guests = [PresenceForm(data, row=guest, prefix=f"g{guest.pk}") for guest in guests]
        self.new_guests = [
            GuestForm(data, expected=guest, prefix=f"d{guest.delegate_for_id}") for guest in expected
        ] + [GuestForm(data, prefix=f"n{number}") for number in range(NEW_GUESTS)]
        self._offered()
        self.parts = [self._part_of(item) for item in self._items()]

    def _offered(self) -> None:
        """What the boxes of all items offer, fetched once."""
        group = self.meeting.group
        today = terms_of_day(group, timezone.localdate())
        self.people: dict[int, Person] = {term.person_id: term.person for term in today}
        seats = list(
            Seat.objects.at_the_table_of(group).current().select_related("organization", "stakeholder_type")
        )
        self.seats = {seat.pk: seat for seat in seats}
        self.organizations: dict[int, Organization] = {
            seat.organization_id: seat.organization for seat in seats if seat.organization is not None
        }
        decisions = self.meeting.decisions.select_related("group").order_by("number")
        self.decisions = {decision.pk: decision for decision in decisions}
        self.functions = {function.pk: function for function in Function.objects.all()}
        self.due = default_due(self.meeting)

    def _items(self):
        return (
            self.meeting.items.select_related("presenter", "approves__group", "carried_from__meeting__group")
            .prefetch_related("decisions__group", "action_items__group", "action_items__follower", "action_items__organization",
                "action_items__seat__organization", "action_items__seat__stakeholder_type",
            )
        )  # fmt: skip

    def _part_of(self, item: AgendaItem) -> ItemPart:
        part = ItemPart(item, ItemForm(self.data, row=item, prefix=f"i{item.pk}"))
        for decision in sorted(item.decisions.all(), key=lambda each: each.number):
            part.decisions.append(self._decision(f"e{decision.pk}", item, decision))
        for number in range(NEW_DECISIONS):
            part.decisions.append(self._decision(f"i{item.pk}d{number}", item))
        for action in sorted(item.action_items.all(), key=lambda each: each.number):
            part.actions.append(self._action(f"a{action.pk}", action))
        for number in range(NEW_ACTIONS):
            part.actions.append(self._action(f"i{item.pk}a{number}"))
        return part

    def _decision(self, prefix: str, item: AgendaItem, row=None) -> DecisionForm:
        return DecisionForm(
            self.data, row=row, prefix=prefix, functions=self.functions, function_id=item.function_id,
            may_remove=row is not None and self.may_remove,
        )  # fmt: skip

    def _action(self, prefix: str, row=None) -> ActionForm:
        return ActionForm(
            self.data, row=row, prefix=prefix, people=self.people, organizations=self.organizations, due=self.due,
            decisions=self.decisions, seats=self.seats,
            may_remove=row is not None and self.may_remove,
        )  # fmt: skip

    @property
    def forms(self) -> Iterator[VersionedForm]:
        yield self.language
        yield from (form for _line, form in self.lines)
        yield from (*self.guests, *self.new_guests)
        for part in self.parts:
            yield from part.forms

    @property
    def problems(self) -> Problems:
        return Problems(list(self.forms))

    @property
    def disputed(self) -> list[tuple[str, str, str]]:
        """Where somebody else saved meanwhile: place on the page, title, and its language where it is not the page's."""
        there = (*(form for _line, form in self.lines), *self.guests, *self.new_guests)
        found = [("attendance", _("Who was there"), "")] if any(form.unlike for form in there) else []
        return found + [
            (f"item-{part.item.pk}", part.item.title, part.item.language)
            for part in self.parts
            if any(form.unlike for form in part.forms)
        ]

    @property
    def has_expected_guests(self) -> bool:
        return any(form.is_bound or form.initial.get("delegate_for") for form in self.new_guests)

    def keep(self, left: VersionedForm, *, is_stale: bool) -> None:
        """Show this part as it was typed instead of as it is saved."""
        for forms in self._lists():
            for place, form in enumerate(forms):
                if form.prefix == left.prefix:
                    if is_stale:
                        left.meets(form)
                    forms[place] = left
        self.lines = [(line, left if form.prefix == left.prefix else form) for line, form in self.lines]
        for line, form in self.lines:
            if form is left and is_stale:
                left.meets(PresenceForm(row=line.row, prefix=left.prefix))
        for part in self.parts:
            if part.form.prefix == left.prefix and isinstance(left, ItemForm):
                if is_stale:
                    left.meets(part.form)
                part.form = left

    def _lists(self) -> list[list]:
        return [
            self.guests,
            self.new_guests,
            *(p.decisions for p in self.parts),
            *(p.actions for p in self.parts),
        ]

    def texts_without_place(self) -> list[str]:
        """What this person typed into parts that somebody else took away meanwhile."""
        known = {form.prefix for form in self.forms}
        found = []
        for name in self.data or ():
            match = re.fullmatch(r"([iea])\d+-version", name)
            prefix = name.removesuffix("-version")
            if match and prefix not in known and WRITTEN_ON[match[1]].was_touched(self.data, prefix):
                typed = self.data.get(f"{prefix}-note") or self.data.get(f"{prefix}-text") or ""
                found += [typed] if typed.strip() else []
        return found

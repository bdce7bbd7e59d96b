"""Who follows up, from now on, what somebody leaves open on a seat: one answer for each action."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext as _

from iqn.forms import PortalForm
from members.models import Person
from workgroups.groups.models import Term
from workgroups.meetings.models import ActionItem

WITH_SEAT = "seat"


class HandOverForm(PortalForm):
    """`actions` are the open ones; nothing is chosen beforehand, so that nothing changes by itself."""

    def __init__(self, data=None, *, term: Term, actions: list[ActionItem]) -> None:
        super().__init__(data)
        self.actions, self.seat = actions, term.seat
        group = term.seat.group
        rows = Term.objects.at_the_table_of(group).current().exclude(person=term.person).for_roster()
        seated = list(rows)
        self.people: dict[str, Person] = {str(row.person_id): row.person for row in seated}
        self.successor = next((row.person for row in seated if row.seat_id == term.seat_id), None)
        choices = [
            ("", _("Leave it as it is")),
            (WITH_SEAT, self._seat_words()),
            *((key, person.display_name) for key, person in self.people.items()),
        ]
        for action in actions:
            self.fields[self._name(action)] = forms.ChoiceField(
                label=_("Who follows up %(action)s from now on") % {"action": action.identifier},
                choices=choices, required=False,
            )  # fmt: skip

    def _seat_words(self) -> str:
        if self.successor is None:
            return _("Stays with the seat, for whoever comes next")
        return _("Stays with the seat: %(name)s") % {"name": self.successor.display_name}

    @staticmethod
    def _name(action: ActionItem) -> str:
        return f"a{action.pk}"

    @property
    def lines(self) -> Iterator[tuple[ActionItem, forms.BoundField]]:
        yield from ((action, self[self._name(action)]) for action in self.actions)

    @property
    def chosen(self) -> Iterator[tuple[ActionItem, Person | None]]:
        """The actions for which somebody was chosen; None: whoever comes next on the seat. Once the form is clean."""
        for action in self.actions:
            typed = self.cleaned_data[self._name(action)]
            if typed == WITH_SEAT:
                yield action, self.successor
            elif typed:
                yield action, self.people[typed]

    def is_with_seat(self, action: ActionItem) -> bool:
        return self.cleaned_data[self._name(action)] == WITH_SEAT

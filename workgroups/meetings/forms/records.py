"""The parts of a record: a line of the attendance, the note of an item, a decision, an action."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqn.forms import DayInput
from members.choices import Language
from workgroups.groups.choices import Part
from workgroups.meetings.choices import DecisionKind, ItemState, OutcomeState, Presence
from workgroups.meetings.forms.versioned import VersionedForm

WAS_PRESENT = [(Presence.IN_PERSON, Presence.IN_PERSON.label), (Presence.ONLINE, Presence.ONLINE.label)]
PRESENCES = [*WAS_PRESENT, (Presence.ABSENT, Presence.ABSENT.label)]


class OfferedChoice(forms.ChoiceField):
    """A choice among rows that the page has fetched already: no query for each of its many boxes."""

    rows: dict = {}

    def offer(self, rows: dict) -> None:
        self.rows = rows
        self.choices = [("", _("Choose from the list")), *((pk, str(row)) for pk, row in rows.items())]

    def clean(self, value):
        chosen = super().clean(value)
        return self.rows[int(chosen)] if chosen else None


def text_box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PresenceForm(VersionedForm):
    written = ("presence",)
    presence = forms.ChoiceField(label=_("Presence"), choices=PRESENCES, widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.says_present = self.row.presence == Presence.SAYS_PRESENT
        if self.says_present:
            choices = [*PRESENCES, (Presence.SAYS_PRESENT, Presence.SAYS_PRESENT.label)]
            self.fields["presence"].choices = choices
        self.fields["presence"].label = self.row.name
        self.finish()

    @property
    def may_stay_empty(self) -> bool:
        """One is always chosen: nobody needs to hear of each person that it is required."""
        return True


class GuestForm(VersionedForm):
    """Somebody who is not on the roster."""

    written = ("name", "organization_name", "presence")
    name = forms.CharField(label=_("Name of a guest"), max_length=120)
    organization_name = forms.CharField(label=_("Organization of the guest"), max_length=200, required=False)
    presence = forms.ChoiceField(label=_("How they took part"), choices=WAS_PRESENT)
    delegate_for = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, expected=None, **kwargs) -> None:
        initial = {"presence": Presence.IN_PERSON}
        if expected is not None:
            initial |= {"name": expected.name, "organization_name": expected.organization_name}
            initial["delegate_for"] = expected.delegate_for_id
        super().__init__(*args, initial=initial, **kwargs)
        self.finish()


class LanguageForm(VersionedForm):
    """Of the whole record: what is typed into it is said to be in this language, whatever the page speaks."""

    written = ("language",)
    language = forms.ChoiceField(label=_("Language of the record"), choices=Language.choices)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.finish()


class ItemForm(VersionedForm):
    written = ("note", "visibility", "state")
    note = forms.CharField(
        label=_("Note"), widget=text_box(5), max_length=10000, required=False,
    )  # fmt: skip
    visibility = forms.ChoiceField(label=_("Who may read the note"), choices=Part.choices)
    state = forms.ChoiceField(label=_("State of the item"), choices=ItemState.choices)
    approve = forms.BooleanField(label=_("The outcomes are approved"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        approves = self.row.approves
        if approves is None or approves.outcome_state != OutcomeState.CIRCULATED:
            del self.fields["approve"]
        self.finish()


class DecisionForm(VersionedForm):
    written = ("text", "kind", "rationale", "dissent", "function", "visibility")
    text = forms.CharField(label=_("What was decided"), widget=text_box(2), max_length=2000)
    kind = forms.ChoiceField(
        label=_("How it was taken"),
        choices=[choice for choice in DecisionKind.choices if choice[0] != DecisionKind.WRITTEN],
    )
    rationale = forms.CharField(label=_("Reasons"), widget=text_box(2), max_length=4000, required=False)
    dissent = forms.CharField(label=_("Dissent noted"), widget=text_box(2), max_length=2000, required=False)
    function = OfferedChoice(label=pgettext_lazy("of a work group", "Function"), required=False)
    visibility = forms.ChoiceField(label=_("Who may read the decision"), choices=Part.choices)
    remove = forms.BooleanField(label=_("Take this decision back"), required=False)

    def __init__(self, *args, functions, function_id=None, may_remove=False, **kwargs) -> None:
        initial = {"kind": DecisionKind.CONSENSUS, "visibility": Part.PUBLIC, "function": function_id}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["function"].offer(functions)
        if not may_remove:
            del self.fields["remove"]
        self.finish()


class ActionForm(VersionedForm):
    written = (
        "text", "follower", "organization", "organization_name", "due", "visibility", "decision", "seat",
    )  # fmt: skip
    text = forms.CharField(label=_("What is to be done"), max_length=500)
    follower = OfferedChoice(
        label=_("Who follows it up"),
        error_messages={"required": _("Say who follows it up.")},
    )  # fmt: skip
    organization = OfferedChoice(label=_("Organization that does it"), required=False)
    organization_name = forms.CharField(
        label=_("Or an organization outside the portal"), max_length=200, required=False
    )
    due = forms.DateField(
        label=_("Due"), widget=DayInput(),
        error_messages={"required": _("Give the day by which it is to be done.")},
    )  # fmt: skip
    visibility = forms.ChoiceField(label=_("Who may read the action"), choices=Part.choices)
    decision = OfferedChoice(label=_("Decision that it carries out"), required=False)
    seat = OfferedChoice(
        label=_("Seat with which it stays"), required=False,
        help_text=_("When a term ends it passes to the next person on the seat, once somebody says so."),
    )  # fmt: skip
    remove = forms.BooleanField(label=_("Take this action back"), required=False)

    def __init__(
        self, *args, people, organizations, due, decisions, seats, may_remove=False, **kwargs
    ) -> None:  # fmt: skip
        super().__init__(*args, initial={"due": due, "visibility": Part.ROSTER}, **kwargs)
        row = self.row
        if row is not None:  # whoever has it keeps it, also when their term is over
            people = {**people, row.follower_id: row.follower}
            if row.organization is not None:
                organizations = {**organizations, row.organization_id: row.organization}
            if row.seat is not None:
                seats = {**seats, row.seat_id: row.seat}
        self.fields["follower"].offer(people)
        self.fields["organization"].offer(organizations)
        self.fields["decision"].offer(decisions)
        self.fields["seat"].offer(seats)
        if not may_remove:
            del self.fields["remove"]
        self.finish()

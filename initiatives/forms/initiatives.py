"""The form of an initiative: six questions first, everything else folded in groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import InitiativeStatus, PostVisibility, ResultsBasis
from initiatives.forms.fields import (
    MOST_PARTNERS,
    MOST_SOURCES,
    IdentifierField,
    LinesField,
    OneLineField,
    PartialDateField,
    SourcesField,
)  # fmt: skip
from initiatives.models import Initiative
from iqn.bilingual import reading_language
from iqn.forms import ParagraphsField, PortalForm
from iqn.reference.models import Benefit, InitiativeType, Jurisdiction, Occupation, Pillar, Stage
from members.choices import Language
from members.models import Organization

TRANSLATED = ("title", "summary", "problem", "work", "results", "lessons")
WHEN_EMPTY = {
    "title": _("Enter a title."),
    "summary": _("Write a summary."),
    "work": _("Say what is done."),
    "lead_organization": _("Choose the lead organization."),
    "types": _("Choose at least one type."),
    "status": _("Choose a status."),
}
DATES = ("status_as_of", "started", "ended")
VOCABULARIES = ("occupations", "jurisdictions", "stages", "types", "pillars", "benefits")
BETWEEN_PARTNERS = "; "
OTHER_PARTNERS_LENGTH = Initiative._meta.get_field("other_partners").max_length
MARKDOWN = _("Formatting: **bold**, *italic*, a dash at the beginning of a line for a list.")


def _of_model(name: str, **changes: Any) -> forms.Field:
    """The model's own idea of the field: label, length, choices."""
    return Initiative._meta.get_field(name).formfield(**changes)  # type: ignore[return-value]


def _line(name: str, **changes: Any) -> forms.Field:
    return _of_model(name, form_class=OneLineField, **changes)


def _text(name: str, *, rows: int = 5, **changes: Any) -> forms.Field:
    return _of_model(name, form_class=ParagraphsField, widget=forms.Textarea(attrs={"rows": rows}), **changes)


def _rows_of(vocabulary, label: Any, **changes: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        vocabulary.objects.all(),
        label=label,
        widget=forms.CheckboxSelectMultiple,
        **{"required": False, **changes},
    )


def _translated(name: str) -> forms.Field:
    changes = {"required": False, "label": TRANSLATED_LABELS[name]}
    return (
        _line(name, **changes)
        if name == "title"
        else _text(name, rows=3 if name == "summary" else 5, **changes)
    )


TRANSLATED_LABELS = {
    "title": _("Title in the other language"),
    "summary": _("Summary in the other language"),
    "problem": _("The problem, in the other language"),
    "work": _("What is done, in the other language"),
    "results": _("Results in the other language"),
    "lessons": _("Lessons learned, in the other language"),
}


@dataclass(frozen=True)
class Group:
    """A folded part of the form."""

    title: Any
    names: tuple[str, ...]

    def of(self, form: InitiativeForm) -> dict[str, Any]:
        fields = [form[name] for name in self.names]
        return {
            "title": self.title,
            "fields": fields,
            "has_errors": any(field.errors for field in fields),
            "filled": any(form.was_answered(name) for name in self.names),
        }


GROUPS = (
    Group(_("Whom it is for"), ("occupations", "all_occupations", "jurisdictions", "pan_canadian", "stages")),
    Group(_("Why, and what came of it"), ("problem", "results", "results_basis", "lessons")),
    Group(_("Dates"), ("status_as_of", "started", "ended", "replaced_by")),
    Group(_("Partners, contact and sources"), ("partners", "website", "contact", "sources", "offered_in")),
    Group(_("Mission and benefits"), ("pillars", "benefits")),
    Group(_("Who may read it, and its language"), ("visibility", "language")),
    Group(_("The text in the other language"), tuple(f"other_{name}" for name in TRANSLATED)),
)


class InitiativeForm(PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    title = _line("title", help_text=_("Says what it is to somebody who has never heard of it."))
    summary = _text("summary", rows=3, help_text=_("Two or three sentences: who does what, for whom."))
    work = _text("work", rows=8, required=True, help_text=MARKDOWN)
    lead_organization = forms.ModelChoiceField(  # type: ignore[var-annotated]
        Organization.objects.none(), label=_("Lead organization"), empty_label=_("Choose an organization"),
        help_text=_("Not in the list? Choose your own and name it below, among the partners."),
    )  # fmt: skip
    types = _rows_of(InitiativeType, _("Type"), required=True, help_text=_("All that apply."))
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Choose a status")), *InitiativeStatus.choices]
    )

    occupations = _rows_of(Occupation, _("Occupations"))
    all_occupations = _of_model("all_occupations")
    jurisdictions = _rows_of(Jurisdiction, _("Provinces and territories"))
    pan_canadian = _of_model("pan_canadian")
    stages = _rows_of(Stage, _("Stages of the pathway"))

    problem = _text("problem", help_text=_("What was not working, and for whom?"))
    results = _text("results")
    results_basis = forms.ChoiceField(
        label=_("Basis of the results"), required=False, choices=[("", _("Not said")), *ResultsBasis.choices],
        help_text=_("“Evaluated” only where somebody measured them with a stated method."),
    )  # fmt: skip
    lessons = _text("lessons", help_text=_("What did not work counts as much as what did."))

    status_as_of = PartialDateField(
        label=_("Status as of"), help_text=_("Such as 2013, 2013-03 or 2013-03-13. Empty means this month.")
    )
    started = PartialDateField(label=_("Started"), help_text=_("Such as 2013, 2013-03 or 2013-03-13."))
    ended = PartialDateField(label=_("Ended"))
    replaced_by = IdentifierField(
        label=_("Replaced by"), help_text=_("The identifier of a later initiative, such as IQN-0231.")
    )

    partners = LinesField(
        label=_("Partners"), most=MOST_PARTNERS, help_text=_("One on each line. Those we know become links.")
    )
    website = _of_model("website", assume_scheme="https")
    contact = _line("contact", help_text=_("A role and its address rather than a person, if you can."))
    sources = SourcesField(
        label=_("Sources"), most=MOST_SOURCES,
        help_text=_("Pages and reports where this can be read: one web address on each line."),
    )  # fmt: skip
    offered_in = forms.ChoiceField(
        label=_("Offered in"), required=False,
        choices=[("", _("Not said")), *Initiative._meta.get_field("offered_in").choices],
    )  # fmt: skip

    pillars = _rows_of(Pillar, _("Pillars of the mission"))
    benefits = _rows_of(Benefit, _("Benefits"))

    visibility = forms.ChoiceField(
        label=_("Who may read it"), choices=PostVisibility.choices, initial=PostVisibility.PUBLIC
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=Language.own_first)

    other_title = _translated("title")
    other_summary = _translated("summary")
    other_problem = _translated("problem")
    other_work = _translated("work")
    other_results = _translated("results")
    other_lessons = _translated("lessons")

    def __init__(
        self, data=None, *, user, initiative: Initiative | None = None, accepts_gaps: bool = False, **kwargs
    ) -> None:
        self.user = user
        self.initiative = initiative
        self.accepts_gaps = accepts_gaps  # a draft may lack anything; what is there must still be sound
        first = self._stored(initiative) if initiative else self._fresh()
        super().__init__(data, initial=first, **kwargs)
        for name, message in WHEN_EMPTY.items():
            self.fields[name].error_messages["required"] = message
        self.fields["lead_organization"].queryset = self._organizations()
        self.fields["replaced_by"].user = user
        # Imported postings may lack it; nobody can send one of their own without
        self.fields["work"].required = not (initiative and initiative.is_imported)
        for name in VOCABULARIES:  # what is no longer offered stays where it was chosen
            offered = Q(is_retired=False)
            if initiative:
                offered |= Q(pk__in=[row.pk for row in first[name]])
            self.fields[name].queryset = self.fields[name].queryset.filter(offered).in_reading_order()
        # All of Canada is a box of its own
        self.fields["jurisdictions"].queryset = self.fields["jurisdictions"].queryset.exclude(code="CA")

    def _organizations(self):
        language = reading_language()
        return Organization.objects.visible_to(self.user).order_by(f"sort_name_{language}", "pk")

    def _fresh(self) -> dict[str, Any]:
        affiliation = self.user.person.current_affiliations().first()
        return {
            "lead_organization": affiliation.organization_id if affiliation else None,
            "language": reading_language(),
        }

    @staticmethod
    def _stored(initiative: Initiative) -> dict[str, Any]:
        names = [name for name in InitiativeForm.base_fields if not name.startswith("other_")]
        stored = {name: getattr(initiative, name) for name in names}
        for name in VOCABULARIES:
            stored[name] = list(stored[name].all())
        others = [part for part in initiative.other_partners.split(BETWEEN_PARTNERS) if part]
        stored["partners"] = [*(str(partner) for partner in initiative.partners.all()), *others]
        translation = initiative.translation
        stored |= {f"other_{name}": getattr(translation, name, "") for name in TRANSLATED}
        return stored

    def full_clean(self) -> None:
        """Gaps are no errors in a draft."""
        super().full_clean()
        if not self.accepts_gaps or not self.is_bound:
            return
        for name, errors in list(self._errors.items()):
            if all(error.code == "required" for error in errors.as_data()):
                del self._errors[name]
                empty = (
                    self.fields[name].empty_value if isinstance(self.fields[name], forms.CharField) else None
                )
                self.cleaned_data[name] = [] if name == "types" else empty

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        started, ended = cleaned.get("started"), cleaned.get("ended")
        if started and ended:
            exact = min(len(started), len(ended))
            if ended[:exact] < started[:exact]:
                self.add_error("ended", _("It cannot end before it started."))
        self._find_partners(cleaned.get("partners", []))
        if len(self.other_partners) > OTHER_PARTNERS_LENGTH:  # type: ignore[operator]
            self.add_error("partners", _("These names are too long: 400 characters at most, links aside."))
        return cleaned  # type: ignore[return-value]

    def _find_partners(self, lines: list[str]) -> None:
        """Organizations that this reader can mean; what is a partner already stays the same one."""
        present = {str(row): row for row in self.initiative.partners.all()} if self.initiative else {}
        known = Organization.objects.visible_to(self.user)
        found = {line: present.get(line) or known.named(line) for line in lines}
        self.partners_found = list(dict.fromkeys(row for row in found.values() if row))
        self.other_partners = BETWEEN_PARTNERS.join(line for line, row in found.items() if row is None)

    def was_answered(self, name: str) -> bool:
        """Does this question have an answer of its own (not only our suggestion)?"""
        value = self[name].value()
        return bool(value) and name not in ("visibility", "language")

    @property
    def first(self) -> list:
        return [self[name] for name in WHEN_EMPTY]

    @property
    def groups(self) -> list[dict[str, Any]]:
        return [group.of(self) for group in GROUPS]

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        cleaned = self.cleaned_data
        skipped = {"version", "partners", *(f"other_{name}" for name in TRANSLATED)}
        values = {name: value for name, value in cleaned.items() if name not in skipped}
        values["status"] = values["status"] or ""
        values["partners"] = self.partners_found
        values["other_partners"] = self.other_partners
        values["translation"] = {name: cleaned[f"other_{name}"] for name in TRANSLATED}
        for name in DATES:  # what is typed anew is meant as it stands
            if self.initiative is None or getattr(self.initiative, name) != cleaned[name]:
                values[f"{name}_estimated"] = False
        return values

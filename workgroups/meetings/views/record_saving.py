"""Saves what somebody touched on the page of a record.

Whichever button is pressed, every part that this person touched is saved by itself. A part that somebody else changed
meanwhile, or that is wrong, stays on the page as it was typed; all the others are saved all the same.
"""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from members.models import Person
from workgroups.meetings.actions import action_items, attendance, decisions, records
from workgroups.meetings.errors import MeetingError, StaleVersion
from workgroups.meetings.forms.record_page import ItemPart, RecordPage
from workgroups.meetings.forms.records import ActionForm, DecisionForm, GuestForm, LanguageForm
from workgroups.meetings.forms.versioned import VersionedForm
from workgroups.meetings.models import AgendaItem


class Saving:
    """Saves what was touched; `left` are the forms that could not be saved, by prefix."""

    def __init__(self, page: RecordPage, *, by: Person) -> None:
        self.page, self.by = page, by
        self.left: dict[str, VersionedForm] = {}
        self.stale: set[str] = set()
        self.gone: list[str] = []  # texts whose place somebody else took away
        starts_at = page.meeting.starts_at
        self._has_begun = starts_at is not None and starts_at <= timezone.now()

    def run(self) -> None:
        self._language(self.page.language)
        self._attendance()
        for form in [*self.page.guests, *self.page.new_guests]:
            self._try(form, lambda form=form: self._guest(form))
        for part in self.page.parts:
            self._try(part.form, lambda part=part: self._item(part))
            for form in part.decisions:
                self._try(form, lambda form=form, part=part: self._decision(form, part.item))
            for form in part.actions:
                self._try(form, lambda form=form, part=part: self._action(form, part.item))

    def _attendance(self) -> None:
        """Lines that nobody touched are kept as prefilled once the meeting has begun."""
        meeting = self.page.meeting
        ticks, forms = [], {}
        for line, form in self.page.lines:
            if not (form.is_touched or (form.is_sent and self._has_begun and not line.is_saved)):
                continue
            if not form.is_valid():
                self.left[form.prefix] = form
                continue
            ticks.append(attendance.Tick(line.person.pk, form.cleaned_data["presence"], form.seen_version))
            forms[line.person.pk] = form
        if ticks:
            for row in attendance.save_presence(meeting=meeting, ticks=ticks, by=self.by):
                self._is_stale(next(form for pk, form in forms.items() if pk == row.person_id))

    def _try(self, form: VersionedForm, save) -> None:
        removed, approved = form.is_ticked("remove"), form.is_ticked("approve")
        if not (form.is_touched or removed or approved or self._is_expected(form)):
            return
        if not removed and not form.is_valid():
            self.left[form.prefix] = form
            return
        try:
            save()
        except StaleVersion:
            self._is_stale(form)
        except ObjectDoesNotExist:  # taken away at this very moment
            self.gone.append(
                form.data.get(form.add_prefix("text")) or form.data.get(form.add_prefix("note"), "")
            )
        except MeetingError as refused:
            form.is_valid()
            form.add_error(None, str(refused))
            self.left[form.prefix] = form

    def _is_expected(self, form: VersionedForm) -> bool:
        """A delegate who was announced came, unless somebody took the name out."""
        named = isinstance(form, GuestForm) and form.is_sent and form.initial.get("delegate_for")
        return bool(named) and self._has_begun and bool(form.data.get(form.add_prefix("name")))

    def _is_stale(self, form: VersionedForm) -> None:
        self.stale.add(form.prefix)
        self.left[form.prefix] = form

    def _language(self, form: LanguageForm) -> None:
        """No conflict: it is one word, and what was said last counts."""
        if form.is_touched and form.is_valid():
            language = form.cleaned_data["language"]
            records.change_language(meeting=self.page.meeting, language=language, by=self.by)

    def _guest(self, form) -> None:
        if form.row is not None:
            attendance.change_guest(
                guest=form.row, presence=form.cleaned_data["presence"], version=form.seen_version, by=self.by
            )
            return
        answered = form.cleaned_data.get("delegate_for")
        people = {line.person.pk: line.person for line, _form in self.page.lines}
        attendance.add_guest(
            meeting=self.page.meeting, by=self.by, delegate_for=people.get(answered), **form.values()
        )

    def _item(self, part: ItemPart) -> None:
        records.save_item(item=part.item, version=part.form.seen_version, by=self.by, **part.form.values())
        if part.form.is_ticked("approve") and part.item.approves is not None:
            records.approve(meeting=part.item.approves, approved_by=self.page.meeting, by=self.by)

    def _decision(self, form: DecisionForm, item: AgendaItem) -> None:
        if form.row is None:
            decisions.take(item=item, values=form.values(), by=self.by)
        elif form.is_ticked("remove"):
            decisions.take_back(decision=form.row, by=self.by)
        else:
            decisions.change(decision=form.row, version=form.seen_version, values=form.values(), by=self.by)

    def _action(self, form: ActionForm, item: AgendaItem) -> None:
        if form.row is None:
            action_items.note(item=item, values=form.values(), by=self.by)
        elif form.is_ticked("remove"):
            action_items.take_back(action=form.row, by=self.by)
        else:
            action_items.change(action=form.row, version=form.seen_version, values=form.values(), by=self.by)

    def shown_again(self) -> RecordPage:
        """What is saved now, and in its place what could not be saved."""
        page = RecordPage(self.page.meeting)
        for prefix, form in self.left.items():
            page.keep(form, is_stale=prefix in self.stale)
        return page

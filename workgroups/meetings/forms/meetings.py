"""When and where a meeting takes place, and why it does not."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import reading_language
from iqn.forms import ClockInput, DayInput, PortalForm
from members.choices import Language
from workgroups.groups.models import Group
from workgroups.meetings.choices import MeetingState, Mode
from workgroups.meetings.errors import InThePast, LastsTooLong
from workgroups.meetings.models import Meeting
from workgroups.meetings.models.meeting import quarter_of
from workgroups.meetings.times import NoSuchTime, a_quarter_later, moment, zone_words

REASON_LENGTH = 400
LONGEST_INTO_NEXT_DAY = timedelta(hours=12)


def language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Language of your text"), choices=Language.choices,
        error_messages={"required": _("Choose the language of your text.")},
    )  # fmt: skip


def reason_field(hint: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=REASON_LENGTH, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason.")},
    )  # fmt: skip


class InOwnLanguage:
    """Mixin: the text is taken to be in the language of the page unless its writer says otherwise."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reading_language())  # type: ignore[attr-defined]


class TimeForm(PortalForm):
    """A day and two hours in the group's time zone; `starts_at` and `ends_at` once it is clean."""

    day = forms.DateField(
        label=_("Day"), help_text=_("For example 2026-09-17"), widget=DayInput(),
        error_messages={"required": _("Enter the day."), "invalid": _("Enter the day as year-month-day.")},
    )  # fmt: skip
    begins = forms.TimeField(
        label=_("Begins at"), widget=ClockInput(),
        error_messages={"required": _("Enter when it begins."), "invalid": _("Enter the time like 13:30.")},
    )  # fmt: skip
    ends = forms.TimeField(
        label=_("Ends at"), widget=ClockInput(),
        error_messages={"required": _("Enter when it ends."), "invalid": _("Enter the time like 13:30.")},
    )  # fmt: skip

    def __init__(self, *args, zone: ZoneInfo, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["begins"].help_text = zone_words(str(zone))
        self.fields["ends"].help_text = gettext(
            "%(zone)s. An hour before the beginning means the next day."
        ) % {"zone": zone_words(str(zone))}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"day", "begins", "ends"} <= set(cleaned):
            return cleaned
        # A clock that shows less at the end than at the beginning has passed midnight
        days = {"begins": cleaned["day"], "ends": cleaned["day"]}
        if cleaned["ends"] <= cleaned["begins"]:
            days["ends"] = _day_after(cleaned["day"])
        for name, day in days.items():
            try:
                cleaned[f"{name}_at"] = moment(day, cleaned[name], self.zone)
            except NoSuchTime:
                self.add_error(
                    name, _("There is no such time on that day: the clocks are put forward. Choose another.")
                )
        if days["ends"] != days["begins"] and {"begins_at", "ends_at"} <= set(cleaned):
            lasts = cleaned["ends_at"].astimezone(UTC) - cleaned["begins_at"].astimezone(UTC)
            if lasts > LONGEST_INTO_NEXT_DAY:
                self.add_error("ends", LastsTooLong.sentence)
        if "begins_at" in cleaned and cleaned["begins_at"] < timezone.now():
            self.add_error("day", InThePast.sentence)
        return cleaned

    @property
    def times(self) -> dict[str, Any]:
        return {"starts_at": self.cleaned_data["begins_at"], "ends_at": self.cleaned_data["ends_at"]}


class PlaceFields(forms.Form):
    mode = forms.ChoiceField(label=_("How people meet"), choices=Mode.choices, initial=Mode.ONLINE)
    place = forms.CharField(
        label=_("Place"), max_length=200, required=False, help_text=_("Building and room, for a meeting in person.")
    )  # fmt: skip
    join_link = forms.URLField(
        label=_("Link to join"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Only the roster sees it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("mode") in (Mode.IN_PERSON, Mode.HYBRID) and cleaned.get("place") == "":
            self.add_error("place", _("Say where people meet."))
        return cleaned

    @property
    def where(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("mode", "place", "join_link")}


class ScheduleForm(TimeForm, PlaceFields):
    invite_now = forms.BooleanField(required=False)

    field_order = ("day", "begins", "ends", "mode", "place", "join_link", "invite_now")

    def __init__(self, *args, reached: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invite_now"].label = gettext(
            "Send the invitations at once (people on the roster: %(count)s)"
        ) % {"count": reached}
        self.fields["invite_now"].help_text = _("Otherwise you look at the letter first and send it later.")


class PlaceForm(PlaceFields, PortalForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    field_order = ("mode", "place", "join_link", "version")


class MoveForm(InOwnLanguage, TimeForm):
    reason = reason_field(_("It stands beside the earlier date, which stays visible."))
    language = language_field()


class CancelForm(InOwnLanguage, PortalForm):
    reason = reason_field(_("Everybody who reads the page of the meeting sees it."))
    language = language_field()


class NotNeededForm(InOwnLanguage, PortalForm):
    quarter = forms.ChoiceField(label=_("Quarter"), error_messages={"required": _("Choose the quarter.")})
    reason = reason_field(_("Everybody who reads the page of the group sees it."))
    language = language_field()

    def __init__(self, *args, group: Group, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(f"{y}-{q}", f"{y}-Q{q}") for y, q in free_quarters(group)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, int]:
        year, quarter = self.cleaned_data["quarter"].split("-")
        return {"year": int(year), "quarter": int(quarter)}


def free_quarters(group: Group, *, ahead: int = 5) -> list[tuple[int, int]]:
    """This quarter and the next ones in which no meeting stands."""
    today = timezone.localdate()
    first = today.year * 4 + quarter_of(today) - 1
    coming = [(number // 4, number % 4 + 1) for number in range(first, first + ahead)]
    taken = group.meetings.exclude(state=MeetingState.CANCELLED).values_list("year", "quarter")
    return [quarter for quarter in coming if quarter not in set(taken)]


def next_quarter_from(last: Meeting | None, group: Group) -> dict[str, Any]:
    """As the last one: weekday, hour by the group's clock, length, mode and place; a quarter later."""
    if last is None or last.starts_at is None:
        return {"mode": Mode.ONLINE}
    begins, ends = (timezone.localtime(value, group.zone) for value in (last.starts_at, last.ends_at))
    return {
        "day": a_quarter_later(begins.date(), after=_today(group)), "begins": begins.time(), "ends": ends.time(),
        "mode": last.mode, "place": last.place, "join_link": last.join_link,
    }  # fmt: skip


def _day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _today(group: Group) -> date:
    return timezone.localtime(timezone.now(), group.zone).date()

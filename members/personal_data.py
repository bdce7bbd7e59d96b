"""Everything that the portal holds about a person: what they wrote, and what is kept about them.

Each app declares its part in a module `personal_data.py`, found when the portal starts. A relation to Person (or to the
account) is either part of the file or left out with a reason that the person can read; the tests know both lists and
fail for a new relation that is in neither.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import reading_language
from iqn.exports import Column, csv_lines
from members.choices import MessageKind
from members.models import Person

CHUNK = 64 * 1024  # bytes handed to the server at a time
ROWS = 200  # rows read at a time


@dataclass(frozen=True)
class Part:
    """One table of the file."""

    name: str
    label: str | Promise
    model: str
    links: tuple[str, ...]  # relations of the model that this part covers
    belongs: Callable[[Person], Q]
    leave_out: frozenset[str]

    def fields(self) -> list[Field]:
        return [f for f in self._model._meta.concrete_fields if f.name not in self.leave_out]

    def rows(self, person: Person) -> QuerySet:
        related = [f.name for f in self.fields() if isinstance(f, ForeignKey)]
        rows = self._model._base_manager.filter(self.belongs(person)).order_by("pk")
        return rows.select_related(*related) if related else rows

    @property
    def _model(self) -> type[Model]:
        return apps.get_model(self.model)


_parts: dict[str, Part] = {}
_reasons: dict[str, str | Promise] = {}  # "app.Model.field": why it is not in the file


def declare(
    name: str, label: str | Promise, model: str, *links: str, belongs: Callable[[Person], Q] | None = None,
    leave_out: tuple[str, ...] = (),
) -> None:  # fmt: skip
    """Rows of `model` that reach the person by one of `links`, or that `belongs` describes, are in the file."""

    def by_links(person: Person) -> Q:
        found = Q()
        for link in links:
            found |= Q(**{link: person})
        return found

    _parts[name] = Part(name, label, model, links, belongs or by_links, frozenset(leave_out))


def leave_out(relation: str, reason: str | Promise) -> None:
    """`relation` ("app.Model.field") is not in the file, and why."""
    _reasons[relation] = reason


def parts() -> list[Part]:
    return list(_parts.values())


def reasons() -> list[str | Promise]:
    """Why something is not in the file, each reason once."""
    return list({str(reason): reason for reason in _reasons.values()}.values())


def covered() -> set[str]:
    """Every relation that is in the file or left out with a reason."""
    declared = {f"{part.model}.{link}".lower() for part in parts() for link in part.links}
    return declared | {relation.lower() for relation in _reasons}


# --- The file --------------------------------------------------------------------------------------------------


def zip_of(person: Person) -> Iterator[bytes]:
    """A zip with each part as JSON and as CSV, made while it is sent: its size costs no memory."""
    language = reading_language()
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts():
            for ending, pieces in (("json", _as_json), ("csv", _as_csv)):
                with translation.override(language), archive.open(f"{part.name}.{ending}", "w") as file:
                    for piece in pieces(part, person):
                        file.write(piece.encode())
                        if sink.size >= CHUNK:
                            yield sink.taken()
    yield sink.taken()


def _value(row: Model, field: Field) -> Any:
    return (
        str(getattr(row, field.name) or "") if isinstance(field, ForeignKey) else field.value_from_object(row)
    )


def _as_json(part: Part, person: Person) -> Iterator[str]:
    fields, before = part.fields(), "[\n"
    for row in part.rows(person).iterator(chunk_size=ROWS):
        values = {field.name: _value(row, field) for field in fields}
        yield before + json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _as_csv(part: Part, person: Person) -> Iterator[str]:
    columns = [Column(field.name, lambda row, field=field: _value(row, field)) for field in part.fields()]
    yield from csv_lines(columns, part.rows(person).iterator(chunk_size=ROWS))


def _of_account(person: Person) -> Q:
    return Q(user_id=person.user_id) if person.user_id else Q(pk=None)


class _Sink(io.RawIOBase):
    """Where the zip writes; what it wrote is taken away piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return data


# --- What this app and those below it hold ---------------------------------------------------------------------

declare("profile", _("Your profile"), "members.Person", "user", belongs=lambda person: Q(pk=person.pk))
declare(
    "profile_versions", _("Earlier versions of your profile"), "members.PersonVersion",
    belongs=lambda person: Q(pgh_obj_id=person.pk), leave_out=("pgh_context", "pgh_obj", "user"),
)  # fmt: skip
declare("affiliations", _("Where you work and worked"), "members.Affiliation", "person")
declare("consents", _("Terms that you agreed to"), "members.Consent", "person")
declare(
    "applications", _("Your applications for membership"), "members.MembershipApplication", "person",
    leave_out=("decided_by", "previous"),
)  # fmt: skip
declare(
    "application_messages", _("Questions and answers about your applications"), "members.ApplicationMessage", "author",
    belongs=lambda person: Q(author=person) | (Q(application__person=person) & ~Q(kind=MessageKind.NOTE)),
)  # fmt: skip
declare(
    "letters", _("Letters to and from members through the portal (texts are not kept)"), "members.RelayedMessage",
    "sender", "recipient", leave_out=("letter",),
)  # fmt: skip
declare(
    "mail", _("Mail that the portal sent you"), "mail.Message", "recipient",
    leave_out=("params", "once", "secret_subject", "secret_text", "claimed_at", "attempts", "error"),
)  # fmt: skip
declare("mail_choices", _("Reminders that you switched off or on"), "mail.MailChoice", "person")
declare(
    "uploads", _("Files that you uploaded, without their content"), "files.Upload", "uploaded_by",
    leave_out=("name", "replaces", "translates"),
)  # fmt: skip
declare(
    "acts",
    _("What the history says that you did"),
    "history.Event",
    "actor",
    leave_out=("target_kind", "data"),
)
declare(
    "account", _("Your account"), "members.User", belongs=lambda person: Q(pk=person.user_id),
    leave_out=("password",),
)  # fmt: skip
declare(
    "addresses",
    _("Your e-mail addresses"),
    "account.EmailAddress",
    "user",
    belongs=_of_account,
)
declare(
    "sessions", _("Devices on which you are signed in"), "usersessions.UserSession", "user",
    belongs=_of_account, leave_out=("session_key", "data"),
)  # fmt: skip
declare(
    "second_factors", _("Your second factors, without their secrets"), "mfa.Authenticator", "user",
    belongs=_of_account, leave_out=("data",),
)  # fmt: skip
declare(
    "staff_log", _("What you did in the staff pages"), "admin.LogEntry", "user",
    belongs=_of_account, leave_out=("content_type",),
)  # fmt: skip

leave_out(
    "members.MembershipApplication.decided_by",
    _("Decisions that staff took about others belong to those others."),
)

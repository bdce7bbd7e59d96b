"""What staff should know beside an application. Hints never decide anything; each says plainly what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import CharField, F, Func, Value
from django.utils.translation import gettext, ngettext

from iqn.dates import date_words
from members.choices import MembershipState
from members.models import MembershipApplication, Person
from members.models.person import sort_key

FREE_MAIL = frozenset(
    [
        "aol.com",
        "bell.net",
        "cogeco.ca",
        "eastlink.ca",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "googlemail.com",
        "hey.com",
        "hotmail.ca",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "live.ca",
        "live.com",
        "mail.com",
        "me.com",
        "msn.com",
        "outlook.com",
        "outlook.fr",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "rogers.com",
        "shaw.ca",
        "sympatico.ca",
        "tutanota.com",
        "telus.net",
        "videotron.ca",
        "yahoo.ca",
        "yahoo.com",
        "yahoo.fr",
        "yandex.com",
        "zoho.com",
    ]
)
GOOD, LOOK, CAREFUL = "ok", "info", "warn"  # the tag's colour; the words say the same


@dataclass(frozen=True)
class Hint:
    tone: str
    text: str


def hints_for(applications: Sequence[MembershipApplication]) -> dict[int, list[Hint]]:
    """By application; three queries however many there are. Wants person__user and organization fetched along."""
    namesakes = _namesakes(applications)
    colleagues = _members_by_domain({_domain(row) for row in applications} - FREE_MAIL - {""})
    earlier = _earlier_attempts(applications)
    return {
        row.pk: [
            *_about_reference(row),
            *_about_address(row, colleagues),
            *_about_name(row, namesakes),
            *_about_earlier(earlier[row.person_id], row),
            *_about_organization(row),
        ]
        for row in applications
    }


def _domain(row: MembershipApplication) -> str:
    return row.person.user.email.rpartition("@")[2].lower() if row.person.user else ""


def _namesakes(applications: Sequence[MembershipApplication]) -> Counter[str]:
    """How many people have this name, the applicant included."""
    keys = {sort_key(row.person.name) for row in applications}
    return Counter(Person.objects.filter(sort_name__in=keys).values_list("sort_name", flat=True))


def _members_by_domain(domains: set[str]) -> Counter[str]:
    domain = Func(F("user__email"), Value("@"), Value(2), function="split_part", output_field=CharField())
    found = Person.objects.members().annotate(domain=domain).filter(domain__in=domains)
    return Counter(found.values_list("domain", flat=True))


def _earlier_attempts(
    applications: Sequence[MembershipApplication],
) -> dict[int, list[MembershipApplication]]:
    ended = MembershipApplication.objects.filter(
        person__in={row.person_id for row in applications},
        state__in=(MembershipState.DECLINED, MembershipState.LEFT),
    ).order_by("-submitted_at")
    by_person = defaultdict(list)
    for row in ended:
        by_person[row.person_id].append(row)
    return by_person


def _about_reference(row: MembershipApplication) -> list[Hint]:
    if row.reference_confirmed_at:
        return [Hint(GOOD, gettext("Confirmed by %(name)s") % {"name": row.reference_name})]
    if row.reference_email:
        return [Hint(LOOK, gettext("%(name)s has not confirmed yet") % {"name": row.reference_name})]
    return []


def _about_address(row: MembershipApplication, colleagues: Counter[str]) -> list[Hint]:
    domain = _domain(row)
    if domain in FREE_MAIL:
        return [Hint(CAREFUL, gettext("Free mail address (%(domain)s)") % {"domain": domain})]
    hints = []
    website = (urlsplit(row.organization.website).hostname or "").removeprefix("www.")
    if website and (domain == website or domain.endswith(f".{website}")):
        hints.append(Hint(GOOD, gettext("Address of the organization's own domain")))
    known = colleagues[domain]
    if known:
        words = ngettext(
            "%(count)s member with an address at %(domain)s",
            "%(count)s members with an address at %(domain)s",
            known,
        )
        hints.append(Hint(GOOD, words % {"count": known, "domain": domain}))
    return hints


def _about_name(row: MembershipApplication, namesakes: Counter[str]) -> list[Hint]:
    others = namesakes[sort_key(row.person.name)] - 1
    if others < 1:
        return []
    words = ngettext("%(count)s other person with this name", "%(count)s other people with this name", others)
    return [Hint(CAREFUL, words % {"count": others})]


def _about_earlier(earlier: list[MembershipApplication], row: MembershipApplication) -> list[Hint]:
    hints = []
    for before in earlier:
        if before.pk == row.pk:
            continue
        day = date_words(before.state_since)
        if before.state == MembershipState.DECLINED:
            words = gettext("Declined on %(day)s (clause %(clause)s)") % {
                "day": day,
                "clause": before.decline_clause,
            }
            hints.append(Hint(CAREFUL, words))
        else:
            hints.append(Hint(LOOK, gettext("Left or withdrew on %(day)s") % {"day": day}))
    return hints


def _about_organization(row: MembershipApplication) -> list[Hint]:
    return [] if row.organization.is_confirmed else [Hint(LOOK, gettext("New organization"))]

"""Groups and functions in the staff pages; seats and terms are looked up there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories.workgroups import FunctionFactory, TermsOfReferenceFactory
from workgroups.groups.models import Group

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["group", "function", "seat", "term", "termsofreference"])
def test_staff_look_rows_up(name, table, sign_in):
    FunctionFactory()
    TermsOfReferenceFactory(group=table.group)
    path = reverse(f"admin:groups_{name}_changelist")

    assert sign_in(table.staff).get(path).status_code == 200
    assert sign_in(table.co_chair).get(path).status_code in (302, 403)


def test_a_group_begins_in_the_staff_pages(table, sign_in):
    staff = sign_in(table.staff)
    typed = {
        "code": "MID", "slug": "midwifery", "kind": "work_group", "status": "forming", "name_en": "Midwifery",
        "name_fr": "Pratique sage-femme", "mandate_en": "Begins.", "mandate_fr": "Commence.", "time_zone": "America/Halifax",
        "order": 5, "founded": "", "contact": "", "contact_email": "", "jurisdiction": "",
    }  # fmt: skip

    assert staff.post(reverse("admin:groups_group_add"), typed).status_code == 302

    group = Group.objects.get(code="MID")
    assert (group.name_fr, group.status) == ("Pratique sage-femme", "forming")
    path = reverse("admin:groups_group_change", args=[group.pk])
    stamp = staff.get(path).context["adminform"].form.initial["stamp"]
    assert (
        staff.post(
            path, {**typed, "mandate_en": "Goes on.", "mandate_fr": "Continue.", "stamp": stamp}
        ).status_code
        == 302
    )
    group.refresh_from_db()
    assert (group.mandate_en, group.code, group.version) == ("Goes on.", "MID", 2)

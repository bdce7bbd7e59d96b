"""Pages over several apps, and what machines ask for."""

from iqn import links
from iqn.mail.preferences import LINK
from tests.matrix.rows import EVERYONE, SIGN_IN, SIGNED_IN, STAFF, Row, answers

NOBODY_SIGNED_IN = answers(302, anonymous=200)

ROWS: list[Row] = [
    # Whoever is signed in has a language, and is led there
    Row("splash", get=NOBODY_SIGNED_IN, languages=("en",), post=answers(405)),
    Row("portal:home", get=EVERYONE),
    Row("portal:search", get=EVERYONE, query="?q=midwives"),
    Row("portal:letters", get=SIGNED_IN, post=answers(302, anonymous=SIGN_IN)),
    Row(
        "portal:letters-by-link",
        get=EVERYONE,
        post=answers(302),
        args=lambda world: {"token": links.token(LINK, person=world.member.pk)},
    ),
    Row(
        "portal:letters-by-link",
        get=answers(404),
        post=answers(404),
        args=lambda world: {"token": "x"},
        variant="altered",
    ),
    Row("portal:queue", get=STAFF, post=answers(405, anonymous=SIGN_IN)),
    Row(
        "portal:queue-translations",
        get=answers(403, anonymous=SIGN_IN, staff=302),
        post=answers(405, anonymous=SIGN_IN),
    ),
    Row(
        "portal:queue-translation",
        get=STAFF,
        post=STAFF,  # an empty form comes back with its errors
        args=lambda world: {
            "model": "members.organization",
            "pk": world.organization.pk,
            "column": "name_fr",
        },
    ),
    Row(
        "set-language",
        get=answers(302, anonymous=SIGN_IN),
        post=answers(302, anonymous=SIGN_IN),
        languages=("en",),
    ),
    # Without a worker the portal is not well, and says so to everyone
    Row("health", get=answers(503), post=answers(405), languages=("en",)),
    Row("csp-report", get=answers(405), post=answers(204), languages=("en",)),
    Row(
        "identified",
        get=answers(302),
        post=answers(405),
        args=lambda world: {"identifier": str(world.initiative.identifier)},
        languages=("en",),
    ),
    Row(
        "identified",
        get=answers(404),
        post=answers(405),
        args=lambda world: {"identifier": "XYZ-2026-D99"},
        languages=("en",),
        variant="unknown",
    ),
    Row("robots", get=EVERYONE, languages=("en",)),
]

"""Pages of signing in. People whose session is older than five minutes are asked again before anything that touches
the account's safety: a redirect to the page that asks."""

from tests.matrix.rows import EVERYONE, SIGN_IN, SIGNED_IN, Row, answers

ENTRANCE = answers(302, anonymous=200)  # whoever is signed in is sent on
STAGE = answers(302, anonymous=SIGN_IN)  # only in the middle of signing in
ASKED_AGAIN = answers(302, anonymous=SIGN_IN)
SENT_ON = answers(302, anonymous=SIGN_IN)
NO_APP = answers(404, anonymous=SIGN_IN, staff=302)  # staff have an app, and are asked again


def _first(world) -> dict:
    return {"pk": 1}


ROWS: list[Row] = [
    Row("account_login", ENTRANCE, ENTRANCE),
    Row("account_confirm_login_code", STAGE, STAGE),
    Row("mfa_authenticate", STAGE, STAGE),
    Row("mfa_trust", STAGE, STAGE),
    Row("mfa_login_webauthn", STAGE, STAGE),
    Row("account_logout", answers(200, anonymous=302), answers(302)),
    Row("account_inactive", EVERYONE),
    Row("account_signup", ENTRANCE, ENTRANCE),
    Row("account_email_verification_sent", STAGE, STAGE),
    Row("account_reauthenticate", SIGNED_IN, SIGNED_IN),
    Row(
        "mfa_reauthenticate",
        answers(302, anonymous=SIGN_IN, staff=200),
        answers(302, anonymous=SIGN_IN, staff=200),
    ),
    Row("mfa_reauthenticate_webauthn", SENT_ON, SENT_ON),
    Row("account_email", SIGNED_IN, SENT_ON),
    Row("account_change_password", SIGNED_IN, SIGNED_IN),
    Row("account_set_password", SENT_ON, SENT_ON),
    Row("account_reset_password", EVERYONE, EVERYONE),
    Row("account_confirm_password_reset_code", answers(SIGN_IN), answers(SIGN_IN)),
    Row("account_complete_password_reset", answers(302), answers(302)),
    Row("account_password_reset_completed", EVERYONE),
    Row("mfa_index", SIGNED_IN),
    Row("mfa_activate_totp", ASKED_AGAIN, ASKED_AGAIN),
    Row("mfa_deactivate_totp", NO_APP, NO_APP),
    Row("mfa_view_recovery_codes", answers(404, anonymous=SIGN_IN), answers(405, anonymous=SIGN_IN)),
    Row("mfa_generate_recovery_codes", ASKED_AGAIN, ASKED_AGAIN),
    Row("mfa_download_recovery_codes", answers(404, anonymous=SIGN_IN), answers(404, anonymous=SIGN_IN)),
    Row("mfa_list_webauthn", SIGNED_IN),
    Row("mfa_add_webauthn", ASKED_AGAIN, ASKED_AGAIN),
    Row("mfa_remove_webauthn", ASKED_AGAIN, ASKED_AGAIN, args=_first),
    Row("mfa_edit_webauthn", ASKED_AGAIN, ASKED_AGAIN, args=_first),
    Row("usersessions_list", SIGNED_IN, SENT_ON),
]

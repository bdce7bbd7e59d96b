"""Production: demands its secrets, HTTPS only, the mail server of the operator."""

from iqn import env
from iqn.settings import base
from iqn.settings.base import *  # noqa: F403
from iqn.settings.base import allowed_host

DEBUG = False
SECRET_KEY = env.env_key("IQN_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.env_keys("IQN_SECRET_KEY_FALLBACKS", [])
# Seeds of second factors are kept encrypted; the first key encrypts, the others still decrypt. Without keys of their
# own they follow the secret key, or replacing that would lock everybody's second factor out
ENCRYPTION_KEYS = env.env_keys("IQN_ENCRYPTION_KEYS", [SECRET_KEY, *SECRET_KEY_FALLBACKS])
SITE_ORIGIN = env.env_origin("IQN_SITE_ORIGIN")
ALLOWED_HOSTS = [allowed_host(SITE_ORIGIN), *env.env_list("IQN_EXTRA_HOSTS", "")]
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
env.env_secret("DATABASE_URL")  # or base.py would have taken the embedded server

SESSION_COOKIE_NAME = "__Host-iqn_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-iqn_csrf"
CSRF_COOKIE_SECURE = True
MFA_TRUST_COOKIE_NAME = "__Host-iqn_trust"
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # the balancer asks over plain HTTP
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.env_int("IQN_PROXY_COUNT", 1)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**base.CONTENT_SECURITY_POLICY["DIRECTIVES"], "upgrade-insecure-requests": True}  # type: ignore[dict-item]
}

EMAIL_HOST = env.env_str("IQN_SMTP_HOST")
EMAIL_PORT = env.env_int("IQN_SMTP_PORT", 465, least=1)
EMAIL_HOST_USER = env.env_str("IQN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.env_secret("IQN_SMTP_PASSWORD", "")
EMAIL_USE_SSL = env.env_bool("IQN_SMTP_SSL", True)

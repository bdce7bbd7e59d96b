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
SITE_ORIGIN = env.env_origin("IQN_SITE_ORIGIN", schemes=("https",))
ALLOWED_HOSTS = [allowed_host(SITE_ORIGIN), *env.env_list("IQN_EXTRA_HOSTS", "")]
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
env.env_secret("DATABASE_URL")  # or base.py would have taken the embedded server
STORAGES = {**base.STORAGES, "uploads": base.uploads_in(env.env_folder("IQN_UPLOADS"))}

SESSION_COOKIE_NAME = "__Host-iqn_session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-iqn_csrf"
CSRF_COOKIE_SECURE = True
MFA_TRUST_COOKIE_NAME = "__Host-iqn_trust"
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # the balancer asks over plain HTTP
# Two years for this host, which never answers otherwise. Hosts below it and the browsers' own list bind others than
# this portal and are hard to take back: the operator's decision, hence no warning where it is not taken
SECURE_HSTS_SECONDS = env.env_int("IQN_HSTS_SECONDS", 63_072_000)
_hsts_scope = env.env_choice("IQN_HSTS_SCOPE", ("host", "subdomains", "preload"))
SECURE_HSTS_INCLUDE_SUBDOMAINS = _hsts_scope in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = _hsts_scope == "preload"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.env_int("IQN_PROXY_COUNT", 1)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**base.CONTENT_SECURITY_POLICY["DIRECTIVES"], "upgrade-insecure-requests": True}  # type: ignore[dict-item]
}

EMAIL_HOST = env.env_str("IQN_SMTP_HOST")
_smtp_security = env.env_choice("IQN_SMTP_SECURITY", ("tls", "starttls", "none"))
EMAIL_USE_SSL = _smtp_security == "tls"
EMAIL_USE_TLS = _smtp_security == "starttls"
EMAIL_PORT = env.env_int("IQN_SMTP_PORT", {"tls": 465, "starttls": 587, "none": 25}[_smtp_security], least=1)
EMAIL_HOST_USER = env.env_str("IQN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.env_secret("IQN_SMTP_PASSWORD", "")

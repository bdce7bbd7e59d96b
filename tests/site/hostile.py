"""Strings that have broken somebody's site. Each carries no real address; what runs would set window.__x."""

from __future__ import annotations

_PAYLOADS = ["setTimeout('window.__x=1')", "window.__x=1", "alert(1)", "top.__x=1", "eval('window.__x=1')"]
_TAGS = [
    "<script>{}</script>", "<ScRiPt >{}</sCrIpT>", "<img src=x onerror={}>", "<img src=x onerror=\"{}\">",
    "<svg onload={}>", "<svg/onload={}//", "<body onload={}>", "<iframe src=javascript:{}></iframe>",
    "<iframe srcdoc=\"<script>{}</script>\">", "<details open ontoggle={}>", "<video><source onerror={}>",
    "<input autofocus onfocus={}>", "<select autofocus onfocus={}>", "<textarea autofocus onfocus={}>",
    "<marquee onstart={}>", "<a href=\"javascript:{}\">x</a>", "<a href=\"JaVaScRiPt:{}\">x</a>",
    "<a href=\"java\tscript:{}\">x</a>", "<math><mtext></p><script>{}</script>", "<object data=javascript:{}>",
    "<embed src=javascript:{}>", "<form action=javascript:{}><button>x", "<base href=javascript:{}//>",
    "<link rel=stylesheet href=javascript:{}>", "<style>@import 'javascript:{}';</style>",
    "\"><script>{}</script>", "'><script>{}</script>", "</title><script>{}</script>", "</textarea><script>{}</script>",
    "--><script>{}</script>", "]]><script>{}</script>", "\" onmouseover=\"{}", "' onfocus='{}' autofocus='",
    "`onerror={}`", "javascript:{}", "data:text/html,<script>{}</script>", "[x](javascript:{})",
    "[x](data:text/html;base64,{})", "![x](x\" onerror=\"{})", "<x onclick={} style=position:fixed;inset:0>",
    "{{{{constructor.constructor('{}')()}}}}", "${{{}}}", "#{{{}}}", "<%= {} %>", "{{% {} %}}", "{{{{ {} }}}}",
]  # fmt: skip
_SQL = [
    "' OR '1'='1", "'; DROP TABLE members_user; --", "1; SELECT pg_sleep(5)", "' UNION SELECT NULL--", "\\'; --",
    "admin'/*", "1) OR (1=1", "%' AND 1=1 --", "' || pg_sleep(1) || '", "$$; SELECT 1; $$", "E'\\047'", "0x27",
]  # fmt: skip
_PATHS = [
    "../../etc/passwd",
    "..\\..\\x",
    "%2e%2e%2f",
    "file:///etc/passwd",
    "C:\\x",
    "\\\\host\\share",
    "//host/x",
    "/%09/x",
]
_HEADERS = [
    "x\r\nBcc: a@example.org",
    "x\nSet-Cookie: a=b",
    "x%0d%0aX: y",
    "x\u2028y",
    "x\x0bY",
    "x\x85y",
    "x\x00y",
    "\x00",
]
_FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/C x'!A0", '=HYPERLINK("x")', "＝1"]
_UNICODE = [
    "\u202eabc", "\ufeff", "\u200b" * 50, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞", "ﷺ" * 20, "🏳️‍🌈" * 30, "İ" * 40, "ß" * 40, "ﬀ" * 40, "Å" * 40,
    "\ud7ff", "\uffff", "\U0010ffff", "‮​⁠", "œŒ«»\u00a0", "ᾳ" * 30, "𝕏" * 40, "１２３", "٣٤٥", "½",
]  # fmt: skip
_SHAPES = [
    "", " ", "\n", "\t\t", "0", "-1", "1e309", "NaN", "null", "undefined", "true", "[]", "{}", "a" * 10_000, "<" * 3000,
    "[" * 3000, "(" * 500, "*" * 3000, "&" * 3000, "&lt;script&gt;", "&#x3c;script&#x3e;", "%00", "%s%s%s%n", "%(x)s",
    "{0}", "{x.__class__}", "https://example.org/" + "a" * 3000, "a@" * 200, "a" * 250 + "@example.org", "é" * 5000,
]  # fmt: skip

XSS = [tag.format(payload) for tag in _TAGS for payload in _PAYLOADS]
STRINGS = [*XSS, *_SQL, *_PATHS, *_HEADERS, *_FORMULAS, *_UNICODE, *_SHAPES]

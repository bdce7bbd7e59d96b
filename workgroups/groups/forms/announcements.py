"""What is written to everybody on a roster."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.bilingual import reading_language
from iqn.forms import LineField, ParagraphsField, PortalForm
from members.choices import Language


class AnnouncementForm(PortalForm):
    subject = LineField(
        label=_("Subject"),
        max_length=150,
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    text = ParagraphsField(
        label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Blank lines make paragraphs; **bold**, lists and links in Markdown are fine."),
        error_messages={"required": _("Write what they should know.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of your text"), choices=Language.choices)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", reading_language())

"""Forms about oneself: profile, leaving; and the letter to another member."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from iqn.forms import LineField, ParagraphsField, PortalForm, PortalModelForm
from iqn.reference.models import Jurisdiction, Occupation
from members.choices import NameOnPosts
from members.models import Person

LONGEST_LETTER = 4000


class ProfileForm(PortalModelForm):
    """Validates only: actions.people saves. `version` is the one the reader saw."""

    name = LineField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )  # fmt: skip
    about = ParagraphsField(
        label=_("About me"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What you work on, and what colleagues may ask you. Formatting: **bold**, *italic*, a dash at the beginning of a line for a list."),
    )  # fmt: skip
    website = forms.URLField(
        label=_("Website"), max_length=200, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Person
        fields = (
            "name", "occupation", "jurisdiction", "languages", "about", "about_language",
            "contact_email", "contact_email_visibility", "phone", "phone_visibility",
            "website", "website_visibility", "language", "is_listed_publicly", "accepts_messages",
        )  # fmt: skip
        widgets = {
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "input--m"}),
        }
        help_texts = {
            "occupation": _("The occupation that your work is about, if it is about one."),
            "contact_email": _(
                "May differ from the address that you sign in with, which nobody but staff sees."
            ),
            "is_listed_publicly": _(
                "Your name and role, to everyone; contact details follow your choices above."
            ),
            "accepts_messages": _("They write on a page of the portal and do not see your address."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance
        # A retired row stays to choose where it was chosen before
        offered = {"occupation": Occupation, "jurisdiction": Jurisdiction}
        for name, model in offered.items():
            own = model.objects.filter(pk=getattr(person, f"{name}_id"))
            self.fields[name].queryset = (model.objects.filter(is_retired=False) | own).in_reading_order()
            self.fields[name].empty_label = _("Not said")
        self.initial.setdefault("version", person.version)

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """Nothing is written to the instance: what is saved must stay comparable with what was typed."""


class LeaveForm(PortalForm):
    name_on_posts = forms.ChoiceField(
        label=_("What becomes of your posts"), choices=NameOnPosts.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of your posts.")},
    )  # fmt: skip
    understood = forms.BooleanField(
        label=_("I understand that my account closes at once."),
        error_messages={"required": _("Confirm that your account closes at once.")},
    )


class LetterForm(PortalForm):
    text = ParagraphsField(
        label=_("Message"), max_length=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write a message.")},
    )  # fmt: skip
    shares_address = forms.BooleanField(
        label=_("Let them answer me by e-mail"), required=False,
        help_text=_("They then see the address that you sign in with. Otherwise they can answer through the portal."),
    )  # fmt: skip

from django.urls import path
from django.utils.translation import pgettext_lazy

from iqn.pages import views

app_name = "pages"

urlpatterns = [
    path("", views.about, name="about"),
    path(pgettext_lazy("address", "guidelines/"), views.guidelines, name="guidelines"),
    path(pgettext_lazy("address", "glossary/"), views.glossary, name="glossary"),
    path("<slug:slug>/", views.page, name="page"),
]

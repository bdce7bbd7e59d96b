from django.urls import path

from iqn.mail import views

app_name = "mailbox"

urlpatterns = [
    path("", views.mailbox, name="list"),
    path("<str:name>/", views.mailbox_letter, name="letter"),
    path("<str:name>/html/", views.mailbox_html, name="html"),
]

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "iqn.mail"
    label = "mail"

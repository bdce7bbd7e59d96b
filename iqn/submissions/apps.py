from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "iqn.submissions"
    label = "submissions"

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "iqn.history"
    label = "history"

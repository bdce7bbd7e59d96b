from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "iqn.reference"
    label = "reference"

"""FCRO staff are a group; what they may do stands in the code."""

from django.db import migrations

STAFF_GROUP = "FCRO staff"


def create(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get_or_create(name=STAFF_GROUP)


def keep(apps, schema_editor):
    """The group may have people in it by now."""


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial")]
    operations = [migrations.RunPython(create, keep)]

"""Numbers come from a sequence: two submissions at the same moment never get the same one, and none is given twice."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE initiatives_number_seq AS integer START WITH 1 NO CYCLE",
            "DROP SEQUENCE IF EXISTS initiatives_number_seq",
        ),
    ]

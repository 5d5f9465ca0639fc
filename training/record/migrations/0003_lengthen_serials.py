from django.db import migrations
from django.db.models import F
from django.db.models.functions import Substr

from training.record.serials import new_serial

BATCH = 1000


def lengthen(apps, schema_editor):
    """No certificate had been given out with the short ones."""
    rows = apps.get_model("record", "Achievement").objects
    while batch := list(rows.filter(serial__regex="^.{8}$").only("pk", "serial")[:BATCH]):
        for row in batch:
            row.serial = new_serial()
        rows.bulk_update(batch, ["serial"])


def shorten(apps, schema_editor):
    apps.get_model("record", "Achievement").objects.update(serial=Substr(F("serial"), 1, 8))


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0002_longer_serials'),
    ]

    operations = [
        migrations.RunPython(lengthen, shorten),
    ]

"""A meeting gets an address of its own and says where it is held."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import training.web.references


def give_references(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    for meeting in apps.get_model("governance", "Meeting").objects.filter(reference=""):
        meeting.reference = training.web.references.new_reference()
        meeting.save(update_fields=["reference"])


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_bodies_and_decisions")]

    operations = [
        migrations.AddField("meeting", "where", models.CharField(blank=True, max_length=120)),
        migrations.AddField("meeting", "reference", models.CharField(default="", editable=False, max_length=8)),
        migrations.RunPython(give_references, migrations.RunPython.noop),
        migrations.AlterField(
            "meeting",
            "reference",
            models.CharField(
                default=training.web.references.new_reference, editable=False, max_length=8, unique=True
            ),
        ),
    ]

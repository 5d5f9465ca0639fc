"""What the figures of a quarter's report mean, in words."""

from django.db import migrations

from evaluation.reports.definitions import load_definitions

CODES = ("delivered", "came_share", "workforce", "never_seen", "waiting_long")


def load(apps, schema_editor):
    load_definitions(apps.get_model("evaluation", "MetricDefinition"))


def unload(apps, schema_editor):
    apps.get_model("evaluation", "MetricDefinition").objects.filter(version=1, code__in=CODES).delete()


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_managers_asked_once_a_month")]
    operations = [migrations.RunPython(load, unload)]

"""What the figures of reports mean, in words."""

from django.db import migrations

from evaluation.reports.definitions import DEFINITIONS, load_definitions


def load(apps, schema_editor):
    load_definitions(apps.get_model("evaluation", "MetricDefinition"))


def unload(apps, schema_editor):
    codes = [code for code, _, _ in DEFINITIONS]
    apps.get_model("evaluation", "MetricDefinition").objects.filter(version=1, code__in=codes).delete()


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_standing_questionnaires")]
    operations = [migrations.RunPython(load, unload)]

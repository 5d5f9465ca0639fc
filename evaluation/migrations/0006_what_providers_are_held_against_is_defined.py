from django.db import migrations

from evaluation.reports.definitions import load_definitions

CODES = ("provider_cancelled", "materials_in_time", "content_updated", "observed_well", "complaints_upheld")


def load(apps, schema_editor):
    load_definitions(apps.get_model("evaluation", "MetricDefinition"))


def unload(apps, schema_editor):
    apps.get_model("evaluation", "MetricDefinition").objects.filter(version=1, code__in=CODES).delete()


class Migration(migrations.Migration):
    """What the further figures of providers mean, for a partnership that began before reports had them."""

    dependencies = [("evaluation", "0005_one_reminder_to_managers")]

    operations = [migrations.RunPython(load, unload)]

from django.db import migrations

from evaluation.reports.definitions import load_definitions

CODES = ("manager_response", "manager_saw_change")


def load(apps, schema_editor):
    load_definitions(apps.get_model("evaluation", "MetricDefinition"))


def unload(apps, schema_editor):
    apps.get_model("evaluation", "MetricDefinition").objects.filter(version=1, code__in=CODES).delete()


class Migration(migrations.Migration):
    """What the figures of managers mean, for a partnership that began before reports had them."""

    dependencies = [("evaluation", "0003_metric_definitions")]

    operations = [migrations.RunPython(load, unload)]

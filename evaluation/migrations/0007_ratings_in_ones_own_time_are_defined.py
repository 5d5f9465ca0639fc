from django.db import migrations

from evaluation.reports.definitions import load_definitions

CODES = ("response_own_time", "relevance_own_time")


def load(apps, schema_editor):
    load_definitions(apps.get_model("evaluation", "MetricDefinition"))


def unload(apps, schema_editor):
    apps.get_model("evaluation", "MetricDefinition").objects.filter(version=1, code__in=CODES).delete()


class Migration(migrations.Migration):
    """By which quarter answers about courses in people's own time count."""

    dependencies = [("evaluation", "0006_what_providers_are_held_against_is_defined")]

    operations = [migrations.RunPython(load, unload)]

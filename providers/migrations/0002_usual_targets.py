import datetime

from django.db import migrations

from providers.targets import FIRST_FROM, load_first_targets


def load(apps, schema_editor):
    load_first_targets(apps.get_model("providers", "KpiTarget"), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))


def unload(apps, schema_editor):
    apps.get_model("providers", "KpiTarget").objects.filter(in_force_from=FIRST_FROM, set_by=None).delete()


class Migration(migrations.Migration):
    """What is usual in contracts, until a meeting sets something else."""

    dependencies = [("providers", "0001_tables")]

    operations = [migrations.RunPython(load, unload)]

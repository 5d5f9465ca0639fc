from django.db import migrations

from training.catalogue.finding.synonyms import load_standing_synonyms


def load(apps, _schema_editor):
    load_standing_synonyms(apps.get_model("catalogue", "Synonym"))


class Migration(migrations.Migration):
    """What people type and what they mean, for a partnership that has not written any of its own yet."""

    dependencies = [("catalogue", "0001_tables")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

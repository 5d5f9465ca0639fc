from django.db import migrations

from training.web.references import new_reference


def give_each_its_own(apps, _schema_editor):
    for rule in apps.get_model("record", "RefresherRule").objects.all():
        rule.reference = new_reference()
        rule.save(update_fields=["reference"])


class Migration(migrations.Migration):
    """Rules written before had none: the column came with the same one for all."""

    dependencies = [("record", "0006_rules_have_references")]

    operations = [migrations.RunPython(give_each_its_own, migrations.RunPython.noop)]

from django.db import migrations

from evaluation.standing import load_standing


def load(apps, schema_editor):
    load_standing(*(apps.get_model("evaluation", name) for name in ("Questionnaire", "QuestionnaireVersion", "Question")))


class Migration(migrations.Migration):
    """The questions before, after and two months on, for a partnership that has not written any of its own yet."""

    dependencies = [("evaluation", "0001_tables")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

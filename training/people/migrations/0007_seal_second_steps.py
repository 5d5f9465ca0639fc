from django.db import migrations

from training.people.accounts import sealing


def seal(apps, schema_editor):
    sealing.seal_all(apps.get_model("mfa", "Authenticator"))


def unseal(apps, schema_editor):
    sealing.unseal_all(apps.get_model("mfa", "Authenticator"))


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_sign_in_tries'),
        ('mfa', '0003_authenticator_type_uniq'),
    ]

    operations = [
        migrations.RunPython(seal, unseal),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_agency_headcount'),
    ]

    operations = [
        migrations.AddField(
            model_name='partnership',
            name='certificates_wait_for_form',
            field=models.BooleanField(default=False),
        ),
    ]

import training.record.serials
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0001_achievements'),
    ]

    operations = [
        migrations.AlterField(
            model_name='achievement',
            name='serial',
            field=models.CharField(default=training.record.serials.new_serial, editable=False, max_length=16, unique=True),
        ),
        migrations.AlterField(
            model_name='achievementhistory',
            name='serial',
            field=models.CharField(default=training.record.serials.new_serial, editable=False, max_length=16),
        ),
    ]

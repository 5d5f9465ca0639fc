from django.db import migrations, models


class Migration(migrations.Migration):
    """A manager who has not answered is reminded once, while the link is open."""

    dependencies = [
        ('evaluation', '0004_what_managers_say_is_defined'),
    ]

    operations = [
        migrations.AddField(
            model_name='managerdigest',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='managerdigest',
            constraint=models.CheckConstraint(condition=models.Q(('reminded_at__isnull', True), models.Q(('reminded_at__gt', models.F('posted_at')), ('reminded_at__lt', models.F('closes_at'))), _connector='OR'), name='manager_digest_reminded_while_open'),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0003_history_leaves_out_search_words'),
        ('people', '0001_people'),
        ('record', '0003_lengthen_serials'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=60)),
                ('until', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='WithdrawnCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.CharField(max_length=16, unique=True)),
                ('on', models.DateField()),
                ('origin', models.CharField(max_length=60)),
                ('withdrawn_at', models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name='achievement',
            constraint=models.CheckConstraint(condition=models.Q(('serial__regex', '^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{16}$')), name='achievement_serial_is_long'),
        ),
        migrations.AddField(
            model_name='certificatewait',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='withdrawncertificate',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='withdrawncertificate',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.courseversion'),
        ),
        migrations.AddConstraint(
            model_name='certificatewait',
            constraint=models.UniqueConstraint(fields=('person', 'origin'), name='certificate_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='withdrawncertificate',
            constraint=models.UniqueConstraint(fields=('person', 'origin'), name='withdrawn_once_an_origin'),
        ),
    ]

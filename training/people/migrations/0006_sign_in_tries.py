from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_second_step_taken_away_at_the_server'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignInTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('at', models.FloatField(help_text='0 for a code that was used up.')),
                ('expires_at', models.FloatField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'sign-in tries',
            },
        ),
        migrations.AddConstraint(
            model_name='signintry',
            constraint=models.UniqueConstraint(fields=('key', 'at'), name='sign_in_try_counts_once'),
        ),
    ]

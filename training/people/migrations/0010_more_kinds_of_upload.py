from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0009_certificates_may_wait'),
    ]

    operations = [
        migrations.AlterField(
            model_name='upload',
            name='kind',
            field=models.CharField(choices=[('catalogue', 'Courses and dates'), ('people', 'People and organisations'), ('bookings', 'Bookings and attendance'), ('e_learning', 'Completions of e-learning')], max_length=10),
        ),
    ]

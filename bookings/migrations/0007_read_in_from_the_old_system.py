from django.db import migrations, models

ORIGIN = models.CharField(
    choices=[
        ('booked', 'Booked'),
        ('by_lead', 'Booked by the agency'),
        ('walk_in', 'Came without booking'),
        ('came_instead', 'Came instead of a colleague'),
        ('imported', 'From the old system'),
    ],
    default='booked',
    max_length=12,
)


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0006_calendar_feeds'),
    ]

    operations = [
        migrations.AlterField(model_name='booking', name='origin', field=ORIGIN),
        migrations.AlterField(model_name='bookinghistory', name='origin', field=ORIGIN.clone()),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """E-learning that was finished is no longer live."""

    dependencies = [
        ('bookings', '0006_suspensions_and_notices'),
        ('catalogue', '0002_standing_synonyms'),
        ('people', '0002_what_organisations_pay_as'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='booking',
            name='booking_status_is_known',
        ),
        migrations.AlterField(
            model_name='booking',
            name='status',
            field=models.CharField(choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date'), ('completed', 'Finished')], max_length=18),
        ),
        migrations.AlterField(
            model_name='bookinghistory',
            name='status',
            field=models.CharField(choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date'), ('completed', 'Finished')], max_length=18),
        ),
        migrations.AlterField(
            model_name='bookingstep',
            name='became',
            field=models.CharField(choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date'), ('completed', 'Finished')], max_length=18),
        ),
        migrations.AlterField(
            model_name='bookingstep',
            name='was',
            field=models.CharField(blank=True, choices=[('requested', 'Asked for'), ('awaiting_manager', 'Waiting for the manager'), ('manager_declined', 'Manager said no'), ('lapsed', 'Not answered in time'), ('waitlisted', 'On the waiting list'), ('offered', 'A place is yours until…'), ('booked', 'Booked'), ('withdrawn', 'Left the waiting list'), ('cancelled_in_time', 'Cancelled in time'), ('cancelled_late', 'Cancelled late'), ('event_cancelled', 'We cancelled the date'), ('substituted', 'A colleague went instead'), ('transferred', 'Moved to another date'), ('completed', 'Finished')], max_length=18),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['requested', 'awaiting_manager', 'manager_declined', 'lapsed', 'waitlisted', 'offered', 'booked', 'withdrawn', 'cancelled_in_time', 'cancelled_late', 'event_cancelled', 'substituted', 'transferred', 'completed'])), name='booking_status_is_known'),
        ),
    ]

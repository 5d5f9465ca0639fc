import datetime

from django.db import migrations


def add(apps, schema_editor):
    policy, is_new = apps.get_model("bookings", "BookingPolicy").objects.get_or_create(
        is_default=True, defaults={"name": "Standard rules"}
    )
    if is_new:
        apps.get_model("bookings", "BookingPolicyVersion").objects.create(
            policy=policy, number=1, effective_from=datetime.date(2000, 1, 1)
        )


class Migration(migrations.Migration):
    """Rules to book by on the first day: five working days' notice. A partnership writes its own version after them."""

    dependencies = [("bookings", "0002_cancelled_dates_have_no_bookings")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]

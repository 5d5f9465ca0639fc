import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A secret calendar address for each person who wants one."""

    dependencies = [
        ("bookings", "0005_register_first_sent"),
        ("people", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feed", to="people.person"
                    ),
                ),
            ],
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """When a register was first sent: a correction, sent again, must not make it look late."""

    dependencies = [("bookings", "0004_standing_rules")]

    operations = [
        migrations.AddField(
            model_name="register", name="first_sent_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_sent_at__isnull", True), ("sent_at__isnull", True)),
                    models.Q(("first_sent_at__isnull", False), ("first_sent_at__lte", models.F("sent_at"))),
                    _connector="OR",
                ),
                name="register_first_sent_before_last",
            ),
        ),
    ]

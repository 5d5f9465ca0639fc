from django.db import models


class DemoLoad(models.Model):
    """This database holds the demonstration partnership, built around this day. One row, or none."""

    today = models.DateField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demo_load_is_one")]

    def __str__(self) -> str:
        return f"The demonstration as of {self.today:%-d %B %Y}"

from typing import Self

from django.db import models


class SignInTryQuerySet(models.QuerySet["SignInTry"]):
    def of(self, key: str, now: float) -> Self:
        return self.filter(key=key, expires_at__gt=now)

    def expired(self, now: float) -> Self:
        return self.filter(expires_at__lte=now)


class SignInTry(models.Model):
    """A try at a sign-in page, counted here while Redis is away: one row a try, gone when its time is over.

    `key` is a hash: no address of a person or a machine is kept. Times are seconds since 1970, as the library counts.
    """

    key = models.CharField(max_length=64)
    at = models.FloatField(help_text="0 for a code that was used up.")
    expires_at = models.FloatField(db_index=True)

    objects = SignInTryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "sign-in tries"
        constraints = [models.UniqueConstraint(fields=["key", "at"], name="sign_in_try_counts_once")]

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.at}"

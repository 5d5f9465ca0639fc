"""What a person has done and what it counts for: theirs for good, whoever employs them."""

from training.record.models.achievement import Achievement, AchievementQuerySet
from training.record.models.certificate import CertificateWait, WithdrawnCertificate
from training.record.models.filed import AgencyReturn, AgencyReturnLine
from training.record.models.refresher import RefresherRule

__all__ = [
    "Achievement",
    "AchievementQuerySet",
    "AgencyReturn",
    "AgencyReturnLine",
    "CertificateWait",
    "RefresherRule",
    "WithdrawnCertificate",
]

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "training.governance"
    label = "governance"
    verbose_name = "Bodies, meetings and decisions"

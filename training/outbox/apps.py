from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "training.outbox"
    label = "outbox"
    verbose_name = "Messages"

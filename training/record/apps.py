from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "training.record"
    label = "record"
    verbose_name = "Training records"

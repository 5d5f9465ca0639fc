from django.apps import AppConfig


class ElearningConfig(AppConfig):
    name = "training.elearning"
    label = "elearning"
    verbose_name = "E-learning"

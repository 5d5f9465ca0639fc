from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "training.programme"
    label = "programme"
    verbose_name = "Programmes, needs and demand"

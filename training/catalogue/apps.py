from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "training.catalogue"
    label = "catalogue"
    verbose_name = "Courses and dates"

from django.urls import path

from bench.constant import constant
from training.config.urls import urlpatterns as production

urlpatterns = [path("bench/constant/", constant), *production]

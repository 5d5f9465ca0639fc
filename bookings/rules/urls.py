"""The booking rules and what they cost: included by `bookings.urls`, in the same namespace."""

from django.urls import path

from bookings.views import policies

VERSION = "bookings/rules/<str:reference>/<int:number>/"

urlpatterns = [
    path("bookings/rules/", policies.policies, name="policies"),
    path("bookings/rules/add/", policies.policy_add, name="policy-add"),
    path("bookings/rules/<str:reference>/", policies.policy, name="policy"),
    path("bookings/rules/<str:reference>/end/", policies.policy_end, name="policy-end"),
    path("bookings/rules/<str:reference>/new/", policies.policy_version_add, name="policy-version-add"),
    path(VERSION, policies.policy_version, name="policy-version"),
    path(f"{VERSION}take-back/", policies.policy_version_take_back, name="policy-version-take-back"),
    path(
        "bookings/rules/<str:reference>/<int:first>/and/<int:second>/", policies.policy_compare, name="policy-compare"
    ),
    path("desk/dates/<str:reference>/rules/", policies.date_rules, name="date-rules"),
]

"""Suspensions and what follows from them; one date that cannot run; what its people do about it."""

from django.urls import path

from bookings.views import changed_dates, rescuing, suspensions, suspensions_ending

urlpatterns = [
    path("disruption/", suspensions.disruption, name="disruption"),
    path("disruption/report.<slug:kind>", suspensions.disruption_file, name="disruption-file"),
    path("disruption/suspend/", suspensions.suspension_new, name="suspension-new"),
    path("disruption/suspend/concerned.<slug:kind>", suspensions.concerned_file, name="concerned-file"),
    path("disruption/<str:reference>/", suspensions.suspension, name="suspension"),
    path("disruption/<str:reference>/take-in/", suspensions_ending.suspension_take_in, name="suspension-take-in"),
    path("disruption/<str:reference>/convert/", suspensions_ending.suspension_convert, name="suspension-convert"),
    path("disruption/<str:reference>/lift/", suspensions_ending.suspension_lift, name="suspension-lift"),
    path("desk/dates/<str:reference>/rescue/", rescuing.date_rescue, name="date-rescue"),
    path("my/teaching/<str:reference>/cant-come/", rescuing.teaching_cant_come, name="teaching-cant-come"),
    path("changed/<str:token>/", changed_dates.date_changed, name="date-changed"),
    path("changed/<str:token>/move/", changed_dates.date_changed_move, name="date-changed-move"),
    path("changed/<str:token>/leave/", changed_dates.date_changed_leave, name="date-changed-leave"),
]

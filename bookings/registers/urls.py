"""The trainer's registers: included by `urls.py`, in the same namespace."""

from django.urls import path

from bookings.views import incidents, office, register, register_marks, register_taps, sheets

DAY = "register/<str:reference>/day-<int:number>/"

urlpatterns = [
    path("register/", register.registers, name="registers"),
    path("register/worker.js", register_taps.register_worker, name="register-worker"),
    path("register/no-signal/", register_taps.register_no_signal, name="register-no-signal"),
    path("register/<str:reference>/", register.register, name="register"),
    path(DAY, register.register, name="register-day"),
    path(f"{DAY}roll-call/", register.register_roll_call, name="register-roll-call"),
    path(f"{DAY}also/", register.register_also, name="register-also"),
    path(f"{DAY}paper/", register.register_paper, name="register-paper"),
    path(f"{DAY}mark/<str:booking>/", register_marks.register_mark, name="register-mark"),
    path(f"{DAY}everyone/", register_marks.register_everyone, name="register-everyone"),
    path(f"{DAY}add/", register_marks.register_add, name="register-add"),
    path(f"{DAY}instead/<str:booking>/", register_marks.register_instead, name="register-instead"),
    path(f"{DAY}happened/", incidents.register_happened, name="register-happened"),
    path(f"{DAY}rang/", office.register_rang, name="register-rang"),
    path(f"{DAY}key-in/", office.register_key_in, name="register-key-in"),
    path(f"{DAY}sheets/", sheets.register_sheets, name="register-sheets"),
    path(f"{DAY}sheets/<str:sheet>/", sheets.register_sheet, name="register-sheet"),
    path(f"{DAY}sheets/<str:sheet>/take-away/", sheets.register_sheet_take_away, name="register-sheet-take-away"),
    path("desk/happened/", incidents.incidents, name="incidents"),
    path("desk/happened/<str:reference>/", incidents.incident, name="incident"),
    path("desk/happened/<str:reference>/close/", incidents.incident_close, name="incident-close"),
    path(f"{DAY}taps/", register_taps.register_taps, name="register-taps"),
    path(f"{DAY}send/", register_marks.register_send, name="register-send"),
]

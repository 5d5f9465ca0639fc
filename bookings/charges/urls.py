"""Missed places, charges, statements and fees: included by `bookings.urls`, in the same namespace."""

from django.urls import path

from bookings.views import charge_batches, charge_links, charges, fees

STATEMENT = "statements/<int:number>/<str:agency>"

urlpatterns = [
    path("bookings/charges/", charges.charges, name="charges"),
    path("bookings/charges/batches/", charge_batches.charge_batches, name="charge-batches"),
    path("bookings/charges/batches/<int:number>/", charge_batches.charge_batch, name="charge-batch"),
    path(
        "bookings/charges/batches/<int:number>/all.<slug:kind>",
        charge_batches.charge_batch_file,
        name="charge-batch-file",
    ),
    path("bookings/charges/absence/", charges.absence, name="absence"),
    path("bookings/charges/fees/", fees.fees, name="fees"),
    path("bookings/charges/fees/<str:reference>/", fees.fee, name="fee"),
    path("bookings/charges/accounts/<str:reference>/", charges.agency_account, name="agency-account"),
    path("bookings/charges/<str:reference>/", charges.charge, name="charge"),
    path("bookings/charges/<str:reference>/answer/", charges.charge_answer, name="charge-answer"),
    path("bookings/charges/<str:reference>/order/", charges.charge_order, name="charge-order"),
    path(f"{STATEMENT}/", charge_batches.statement, name="statement"),
    path(f"{STATEMENT}.<slug:kind>", charge_batches.statement_file, name="statement-file"),
    path("missed/<str:token>/", charge_links.missed, name="missed"),
    path("agency/missed/<str:reference>/", charge_links.agency_charge, name="agency-charge"),
    path("agency/missed/<str:reference>/dispute/", charge_links.agency_charge_dispute, name="agency-charge-dispute"),
]

"""Providers and their contracts, trainer orders, and reading the catalogue in."""

from django.urls import path

from providers.views import contracts, downloads, importing, leaving, money, orders, providers, quality, targets

app_name = "providers"
urlpatterns = [
    path("providers/", providers.providers, name="providers"),
    path("providers/own/", providers.own_provider, name="own-provider"),
    path("providers/add/", providers.provider_add, name="provider-add"),
    path("providers/money/", money.money, name="money"),
    path("providers/money.<slug:kind>", money.money_file, name="money-file"),
    path("providers/quality/", quality.quality, name="quality"),
    path("providers/quality/complaints/add/", quality.complaint_add, name="complaint-add"),
    path("providers/quality/complaints/<str:reference>/decide/", quality.complaint_decide, name="complaint-decide"),
    path("providers/quality/observations/add/", quality.observation_add, name="observation-add"),
    path("providers/targets/", targets.targets, name="targets"),
    path("providers/targets/<slug:measure>/set/", targets.target_set, name="target-set"),
    path("providers/<str:reference>/", providers.provider, name="provider"),
    path("providers/<str:reference>/change/", providers.provider_change, name="provider-change"),
    path("providers/<str:reference>/contracts/add/", providers.contract_add, name="contract-add"),
    path("providers/<str:reference>/people/", providers.provider_engage, name="provider-engage"),
    path("providers/<str:reference>/people/<str:person>/end/", leaving.engagement_end, name="engagement-end"),
    path("contracts/<str:reference>/", contracts.contract, name="contract"),
    path("contracts/<str:reference>/decide/", contracts.contract_decide, name="contract-decide"),
    path("contracts/<str:reference>/vary/", contracts.contract_vary, name="contract-vary"),
    path("contracts/<str:reference>/cancelling/", contracts.contract_cancelling, name="contract-cancelling"),
    path("contracts/<str:reference>/rates/", contracts.contract_rates, name="contract-rates"),
    path("contracts/<str:reference>/time/", contracts.contract_time, name="contract-time"),
    path("desk/dates/<str:reference>/order/", orders.date_order, name="date-order"),
    path("desk/dates/<str:reference>/order/cancel/", orders.date_order_cancel, name="date-order-cancel"),
    path("desk/import/", importing.catalogue_import, name="catalogue-import"),
    path("desk/import/courses.<slug:kind>", downloads.courses_file, name="courses-file"),
    path("desk/import/dates.<slug:kind>", downloads.dates_file, name="dates-file"),
    path("desk/import/lists/<slug:name>.<slug:kind>", downloads.list_file, name="list-file"),
    path("desk/import/<str:reference>/", importing.catalogue_upload, name="catalogue-upload"),
]

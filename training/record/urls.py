"""Included at the root of the site, before the people’s pages: a record stands beside them."""

from django.urls import path

from training.record.views import checking, due, filing, own, rules

app_name = "record"
urlpatterns = [
    path("certificates/", checking.certificates, name="certificates"),
    path("certificates/<str:serial>/", checking.certificate, name="certificate"),
    path("certificates/<str:serial>/certificate.pdf", own.certificate_pdf, name="certificate-pdf"),
    path("my/record/", own.my_record, name="my-record"),
    path("my/record/certificates.pdf", own.my_certificates, name="my-certificates"),
    path("agency/due/", due.agency_due, name="agency-due"),
    path("agency/due.<slug:kind>", due.agency_due_file, name="agency-due-file"),
    path("agency/returns/", filing.agency_returns, name="agency-returns"),
    path("agency/returns/<str:reference>/<str:quarter>/", filing.agency_return, name="agency-return"),
    path("agencies/returns/", filing.returns, name="returns"),
    path("desk/due/", rules.rules, name="rules"),
    path("desk/due/add/", rules.rule_add, name="rule-add"),
    path("desk/due/<str:reference>/", rules.rule_change, name="rule-change"),
    path("desk/due/<str:reference>/use/", rules.rule_use, name="rule-use"),
    path("people/<str:reference>/record/", own.person_record, name="person-record"),
]

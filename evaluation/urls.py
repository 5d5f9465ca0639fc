"""Every page of this app; the paths are those of the public contract, not of the folder."""

from django.urls import path

from evaluation.views import answering, concerns, confirming, evidence, questionnaires, reports, screening, working_area

app_name = "evaluation"
urlpatterns = [
    path("evaluate/thanks/", answering.answer_thanks, name="answer-thanks"),
    path("evaluate/passed-on/", answering.answer_passed_on, name="answer-passed-on"),
    path("evaluate/<str:token>/", answering.answer, name="answer"),
    path("confirm/thanks/", confirming.confirm_thanks, name="confirm-thanks"),
    path("confirm/passed-on/", confirming.confirm_passed_on, name="confirm-passed-on"),
    path("confirm/<str:token>/", confirming.confirm, name="confirm"),
    path("evaluation/", working_area.evaluation, name="evaluation"),
    path("evaluation/concerns/", concerns.concerns, name="concerns"),
    path("evaluation/concerns/<str:reference>/", concerns.concern, name="concern"),
    path("evaluation/concerns/<str:reference>/take/", concerns.concern_take, name="concern-take"),
    path("evaluation/concerns/<str:reference>/note/", concerns.concern_note, name="concern-note"),
    path("evaluation/concerns/<str:reference>/close/", concerns.concern_close, name="concern-close"),
    path("evaluation/concerns/<str:reference>/writer/ask/", concerns.writer_ask, name="writer-ask"),
    path("evaluation/concerns/<str:reference>/writer/agree/", concerns.writer_agree, name="writer-agree"),
    path("evaluation/questionnaires/", questionnaires.questionnaires, name="questionnaires"),
    path("evaluation/questionnaires/<str:stage>/", questionnaires.questionnaire, name="questionnaire"),
    path(
        "evaluation/questionnaires/<str:stage>/change/",
        questionnaires.questionnaire_change,
        name="questionnaire-change",
    ),
    path("evaluation/screening/", screening.screening, name="screening"),
    path("evaluation/screening/next/", screening.screening_next, name="screening-next"),
    path("evaluation/screening/<uuid:comment>/", screening.screening_comment, name="screening-comment"),
    path("evaluation/screening/<uuid:comment>/clear/", screening.screening_clear, name="screening-clear"),
    path("evaluation/screening/<uuid:comment>/withhold/", screening.screening_withhold, name="screening-withhold"),
    path("evaluation/evidence/", evidence.evidence, name="evidence"),
    path("evaluation/evidence/add/", evidence.evidence_add, name="evidence-add"),
    path("evaluation/evidence/answers/", evidence.evidence_answers, name="evidence-answers"),
    path("evaluation/evidence/<str:reference>/", evidence.evidence_item, name="evidence-item"),
    path("evaluation/evidence/<str:reference>/change/", evidence.evidence_change, name="evidence-change"),
    path("evaluation/evidence/<str:reference>/approve/", evidence.evidence_approve, name="evidence-approve"),
    path("evaluation/evidence/<str:reference>/reject/", evidence.evidence_reject, name="evidence-reject"),
    path("evaluation/evidence/<str:reference>/reopen/", evidence.evidence_reopen, name="evidence-reopen"),
    path("evaluation/evidence/<str:reference>/check/", evidence.evidence_check, name="evidence-check"),
    path("evaluation/evidence/<str:reference>/decide/", evidence.evidence_decide, name="evidence-decide"),
    path("reports/", reports.reports, name="reports"),
    path("reports/definitions/", reports.report_definitions, name="report-definitions"),
    path("reports/published/<str:reference>/", reports.report_published, name="report-published"),
    path("reports/published/<str:reference>/annex/", reports.report_published_annex, name="report-published-annex"),
    path(
        "reports/published/<str:reference>/<str:extension>/",
        reports.report_published_download,
        name="report-published-download",
    ),
    path("reports/quarter/<str:key>/providers/", reports.report_assess, name="report-assess"),
    path("reports/<str:kind>/<str:key>/", reports.report, name="report"),
    path("reports/<str:kind>/<str:key>/accept/", reports.report_accept, name="report-accept"),
    path("reports/<str:kind>/<str:key>/annex/", reports.report_annex, name="report-annex"),
    path("reports/<str:kind>/<str:key>/<str:extension>/", reports.report_download, name="report-download"),
]

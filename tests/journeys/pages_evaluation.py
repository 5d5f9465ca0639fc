"""The pages of evaluation for those who work with it: see `pages.py`, which holds them all."""

from tests.journeys.page import Page

EVALUATION = [
    Page("evaluation:questionnaires", "coordinator"),
    Page("evaluation:questionnaire", "coordinator", "stage"),
    Page("evaluation:questionnaire-change", "coordinator", "stage"),
    Page("evaluation:screening", "coordinator"),
    Page("evaluation:screening-comment", "coordinator", "comment"),
    Page("evaluation:screening-clear", "coordinator", "comment"),
    Page("evaluation:screening-withhold", "coordinator", "comment"),
    Page("evaluation:concerns", "duty"),
    Page("evaluation:concern", "duty", "concern"),
    Page("evaluation:concern-note", "duty", "concern"),
    Page("evaluation:concern-close", "duty", "concern"),
    Page("evaluation:writer-ask", "duty", "concern"),
    Page("evaluation:evidence", "pdl"),
    Page("evaluation:evidence-add", "pdl"),
    Page("evaluation:evidence-answers", "pdl"),
    Page("evaluation:evidence-item", "pdl", "evidence"),
    Page("evaluation:evidence-change", "pdl", "evidence"),
    Page("evaluation:evidence-reject", "pdl", "evidence"),
    Page("evaluation:evidence-decide", "pdl", "evidence"),
    Page("evaluation:evaluation", "pdl"),
    Page("evaluation:reports", "pdl"),
    Page("evaluation:report-definitions", "pdl"),
    Page("evaluation:managers", "coordinator"),
    Page("evaluation:report-accept", "pdl", "report_kind report_key"),
    Page("evaluation:report-published", "pdl", "published"),
    Page("evaluation:report-published-annex", "pdl", "published"),
]

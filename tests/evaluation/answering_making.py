"""What a browser sends for the standing end form of a course with two outcomes."""

FULL = {
    "outcome_before-1": "2",
    "outcome_before-2": "3",
    "outcome_now-1": "4",
    "outcome_now-2": "5",
    "relevance": "5",
    "trainer": "4",
    "other_agencies": "3",
    "will_do": "Ask the school nurse first.",
    "comment": "",
}

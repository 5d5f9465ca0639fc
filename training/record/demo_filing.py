"""Returns of single-agency training: most organisations with a lead have filed for the last quarters, some have not."""

import datetime

from training.config.parts import Demo
from training.people.models import Agency, Role, RoleGrant
from training.record.filing import quarters_to_file
from training.record.models import AgencyReturn, AgencyReturnLine
from training.web.when import in_london

MORNING = datetime.time(9, 30)
THEMES = (
    "Safeguarding children, basic",
    "Safeguarding adults, basic",
    "Prevent",
    "Mental capacity",
    "Domestic abuse, first steps",
    "Online safety",
)
SOURCES = ("Our learning system", "The e-learning platform’s list", "Sign-in sheets")
FILED = (0.55, 0.8, 0.9, 0.7)  # the last quarter is still coming in


def file_returns(demo: Demo) -> None:
    rng = demo.rng("single-agency returns")
    leads: dict[int, RoleGrant] = {}
    for grant in RoleGrant.objects.on(demo.today).filter(role=Role.AGENCY_LEAD).order_by("pk"):
        leads.setdefault(grant.agency_id or 0, grant)
    agencies = Agency.objects.filter(pk__in=list(leads)).order_by("pk")
    filed: list[AgencyReturn] = []
    for quarter, share in zip(quarters_to_file(demo.today, 4), FILED, strict=True):
        for agency in agencies:
            if rng.random() < share:
                on = min(quarter.ends_on, demo.today)
                filed.append(
                    AgencyReturn(
                        agency=agency, quarter_starts_on=quarter.starts_on, source=rng.choice(SOURCES),
                        filed_by_id=leads[agency.pk].person_id, filed_at=min(in_london(on, MORNING), demo.now),
                    )
                )  # fmt: skip
    demo.insert("Returns of single-agency training", filed)
    lines = []
    for one in filed:
        for theme in rng.sample(THEMES, rng.randint(0, 3)):
            courses = rng.randint(1, 6)
            people = courses * rng.randint(4, 30)
            lines.append(AgencyReturnLine(filed=one, theme=theme, courses=courses, people=people))
    demo.insert("Themes of single-agency training", lines)

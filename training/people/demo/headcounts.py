"""The yearly returns of how many work where; the smallest organisations forget theirs now and then."""

from training.config.parts import Demo
from training.people.models import Agency, AgencyHeadcount, Partnership, Sector

# What part of an organisation works with children or adults at risk daily, and now and then.
PARTS = {Sector.EDUCATION: (0.8, 0.1), Sector.EARLY_YEARS: (0.9, 0.05), Sector.FIRE: (0.1, 0.7)}
USUAL = (0.45, 0.3)
RETURNED = 0.8
BIG = 50


def return_headcounts(demo: Demo) -> None:
    rng, this_year = demo.rng("headcounts"), Partnership.objects.get().year_start(demo.today).year
    rows = []
    for agency in Agency.objects.settled().filter(headcount__gt=0).order_by("pk"):
        for year in (this_year - 1, this_year):
            if rng.random() < RETURNED or (agency.headcount or 0) >= BIG:
                rows.append(_return(demo, agency, year, round((agency.headcount or 1) * rng.uniform(0.95, 1.05)) or 1))
    demo.insert("Headcounts", rows)


def _return(demo: Demo, agency: Agency, year: int, number: int) -> AgencyHeadcount:
    daily, sometimes = (round(number * part) for part in PARTS.get(Sector(agency.sector), USUAL))
    return AgencyHeadcount(
        agency=agency,
        year=year,
        daily=daily,
        sometimes=sometimes,
        rarely=max(0 if daily + sometimes else 1, number - daily - sometimes),
        source=f"Yearly return of {year}, by e-mail",
        recorded_by=demo.person("coordinator"),
        recorded_at=demo.now,
    )

from training.config.parts import Demo
from training.people.models import Agency, AgencyGroup, Partnership, Sector
from training.web.references import ALPHABET

# London numbers that Ofcom keeps free for drama.
SAFETY_CONTACT = """\
If somebody is in danger now, call 999.
Worried about a child: Bankside Multi-Agency Safeguarding Hub (MASH), 020 7946 0112; nights and weekends 020 7946 0113.
Worried about an adult: Bankside adult safeguarding team, 020 7946 0126.
Worried about a colleague who works with children: the Local Authority Designated Officer (LADO), 020 7946 0141."""


def found_partnership(demo: Demo) -> None:
    """The partnership and its organisations, kept as `people.agencies` by name."""
    Partnership.objects.create(
        pk=1,
        name="Bankside Safeguarding Partnership",
        short_name="Bankside",
        boards=["Bankside Safeguarding Children Partnership", "Bankside Safeguarding Adults Board"],
        safety_contact=SAFETY_CONTACT,
        contact_email="training@muster.example",
        contact_phone="020 7946 0158",
    )
    rows = demo.rows("agencies.csv") + demo.rows("more-agencies.csv")
    groups = {name: AgencyGroup(name=name) for name in sorted({row["group"] for row in rows if row["group"]})}
    demo.insert("Groups of organisations", list(groups.values()))
    references = References(demo, "agencies")
    agencies = [_agency(row, groups, references.draw()) for row in rows]
    demo.insert("Organisations", agencies)
    demo.keep("people.agencies", {agency.name: agency for agency in agencies})


def _agency(row: dict[str, str], groups: dict[str, AgencyGroup], reference: str) -> Agency:
    return Agency(
        reference=reference,
        name=row["name"],
        short_name=row["short_name"],
        sector=Sector(row["sector"].replace(" ", "_")),
        group=groups.get(row["group"]),
        email_domains=row["email_domains"].split(),
        headcount=int(row["headcount"]),
        is_charge_exempt=row["charge_exempt"] == "yes",
    )


class References:
    """References that are the same in every load of the same day, so that a bookmark or a picture stays right."""

    def __init__(self, demo: Demo, part: str) -> None:
        self._rng = demo.rng(f"references of {part}")

    def draw(self) -> str:
        return "".join(self._rng.choices(ALPHABET, k=8))

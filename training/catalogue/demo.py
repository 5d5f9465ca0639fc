"""Bankside's rooms. Its courses and dates come in by the partnership's own lists: see `providers/demo`."""

from training.catalogue.models import Venue
from training.config.parts import Demo
from training.people.demo.agencies import References

ASSEMBLY_POINTS = ("the car park behind the building", "the pavement opposite the entrance", "the green by the gate")


def load_demo(demo: Demo) -> None:
    references, rng = References(demo, "venues"), demo.rng("venues")
    venues = [
        Venue(
            reference=references.draw(),
            name=row["name"],
            address=row["address"],
            capacity=int(row["capacity"]),
            access=row["access"],
            travel="The nearest station is ten minutes’ walk away. There is no parking but for blue badge holders.",
            contact_name="The front desk",
            contact_phone=f"020 7946 0{rng.randrange(200, 999)}",
            assembly_point=rng.choice(ASSEMBLY_POINTS),
        )
        for row in demo.rows("venues.csv")
    ]
    demo.insert("Venues", venues)

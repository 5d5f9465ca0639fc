"""The standing set of synonyms: what the field abbreviates, whichever partnership it is."""

import csv
from pathlib import Path
from typing import Any

from training.catalogue.models import Synonym

STANDING = Path(__file__).with_name("synonyms.csv")


def load_standing_synonyms(model: Any = Synonym) -> int:
    """Add those of the standing set that are missing; returns how many. What a coordinator has written stays.

    `model` is for the migration, whose model is that of its own time.
    """
    there = {(term.lower(), meaning.lower()) for term, meaning in model.objects.values_list("term", "meaning")}
    with STANDING.open(encoding="utf-8", newline="") as file:
        rows = [(row["term"], row["meaning"]) for row in csv.DictReader(file)]
    missing = [(term, meaning) for term, meaning in rows if (term.lower(), meaning.lower()) not in there]
    model.objects.bulk_create(model(term=term, meaning=meaning) for term, meaning in missing)
    return len(missing)

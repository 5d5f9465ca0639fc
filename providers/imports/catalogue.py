"""What `import_catalogue` and its page read, in the order in which one list needs another."""

from providers.imports.contracts import CONTRACTS, PROVIDERS, TRAINERS
from providers.imports.courses import COURSES
from providers.imports.events_writing import EVENTS
from providers.imports.venues import VENUES

CATALOGUE = (VENUES, COURSES, PROVIDERS, CONTRACTS, TRAINERS, EVENTS)

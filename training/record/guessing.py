"""Wrong serials and names are counted by the address they come from; right ones are not."""

from training.web.tries import Tries

MISSES = 30
GUESSES = Tries("certificate-misses", MISSES)

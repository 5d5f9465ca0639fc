"""The words that lists use, both ways, so that what is taken out can be put in again."""

from training.catalogue.models import DeliveryMode, Remit

MODE_WORDS = {
    DeliveryMode.FACE_TO_FACE.value: "face-to-face",
    DeliveryMode.VIRTUAL.value: "virtual",
    DeliveryMode.HYBRID.value: "hybrid",
    DeliveryMode.E_LEARNING.value: "e-learning",
}
MODES = {word: mode for mode, word in MODE_WORDS.items()} | {
    "face to face": DeliveryMode.FACE_TO_FACE.value,
    "in person": DeliveryMode.FACE_TO_FACE.value,
    "classroom": DeliveryMode.FACE_TO_FACE.value,
    "live online": DeliveryMode.VIRTUAL.value,
    "webinar": DeliveryMode.VIRTUAL.value,
    "elearning": DeliveryMode.E_LEARNING.value,
    "in your own time": DeliveryMode.E_LEARNING.value,
}
EXPECTED_MODE = "face-to-face, virtual, hybrid or e-learning"
REMITS = {remit.value: remit.value for remit in Remit}
EXPECTED_REMIT = "children, adults or joint"

"""The ladders that the lists' columns `level` and `groups` speak of, made when the first list needs them."""

from training.catalogue.models import Framework

STANDARD = {
    "local": Framework(code="local", name="Local levels", prefix="L", rungs=["1", "2", "3", "4"]),
    "groups": Framework(
        code="groups",
        name="Groups of Working Together",
        edition="2010",
        prefix="Group ",
        rungs=["1", "2", "3", "4", "5", "6", "7", "8"],
    ),
    "adult-groups": Framework(
        code="adult-groups", name="Groups for adult safeguarding", prefix="Group ", rungs=["A", "B", "C", "D"]
    ),
}


def frameworks() -> dict[str, Framework]:
    """By code. The rungs are the installation's own once they are there."""
    held = {framework.code: framework for framework in Framework.objects.filter(code__in=STANDARD)}
    for code, standard in STANDARD.items():
        if code not in held:
            fields = {name: getattr(standard, name) for name in ("name", "edition", "prefix", "rungs")}
            held[code] = Framework.objects.get_or_create(code=code, defaults=fields)[0]
    return held

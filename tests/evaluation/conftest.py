from collections.abc import Iterator

import pytest
from django.test import override_settings

from evaluation.models import Comment, Invitation
from tests.evaluation.evidence_making import make_comment
from tests.factories import make_agency, make_user
from tests.factories_evaluation import make_attended, make_invitation
from training.people.models import Partnership, Role, User


@pytest.fixture
def no_second_factor() -> Iterator[None]:
    """For tests of pages whose roles must set one up first."""
    with override_settings(SECOND_FACTOR_ROLES=[]):
        yield


@pytest.fixture
def invitation(partnership: object) -> Invitation:
    """An end form of somebody who came yesterday, from an agency in health."""
    return make_invitation(make_attended(agency=make_agency(sector="health")))


@pytest.fixture
def comment(partnership: object) -> Comment:
    """What somebody did differently, two months on, with names in it."""
    return make_comment("I met Kai at the Elm team, and asked the LADO.")


@pytest.fixture
def second(administrator: User) -> User:
    """Another administrator."""
    return make_user(role=Role.ADMINISTRATOR)


@pytest.fixture
def pdl(partnership: Partnership) -> User:
    return make_user(role=Role.PDL_MEMBER)

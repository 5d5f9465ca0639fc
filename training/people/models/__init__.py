"""Who is trained, books, teaches and decides; where they work; what they may do.

`Person` is whoever takes part; `User` is a login, which many persons never have.
"""

from training.people.models.agency import Agency, AgencyGroup, Sector
from training.people.models.employment import Employment
from training.people.models.headcount import AgencyHeadcount
from training.people.models.identity import IdentityClaim
from training.people.models.partnership import Partnership
from training.people.models.person import Person, PersonView
from training.people.models.role import RoleGrant
from training.people.models.second_factor import SecondFactorReset
from training.people.models.sign_in_try import SignInTry
from training.people.models.upload import Upload
from training.people.models.user import User
from training.people.permissions import Role

__all__ = [
    "Agency",
    "AgencyGroup",
    "AgencyHeadcount",
    "Employment",
    "IdentityClaim",
    "Partnership",
    "Person",
    "PersonView",
    "Role",
    "RoleGrant",
    "SecondFactorReset",
    "Sector",
    "SignInTry",
    "Upload",
    "User",
]

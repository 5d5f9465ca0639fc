"""Who is contracted, on which terms, and which events they are ordered to deliver."""

from providers.models.assessment import KpiAssessment
from providers.models.commission import Commission, CommissionStep
from providers.models.contract import Contract, ContractTerm, ExtensionOption
from providers.models.provider import Engagement, Provider
from providers.models.quality import Complaint, Observation
from providers.models.rate import ContractRate
from providers.models.target import KpiTarget
from providers.models.variation import ContractVariation

__all__ = [
    "Commission",
    "CommissionStep",
    "Complaint",
    "Contract",
    "ContractRate",
    "ContractTerm",
    "ContractVariation",
    "Engagement",
    "ExtensionOption",
    "KpiAssessment",
    "KpiTarget",
    "Observation",
    "Provider",
]

"""What the addresses of booking rules and charges name, in the running demonstration."""

from bookings.models import BookingPolicyVersion


def charge_arguments() -> dict[str, str]:
    version = BookingPolicyVersion.objects.filter(policy__is_default=True).order_by("-number")[0]
    return {"policy": version.policy.reference, "policy_number": str(version.number)}

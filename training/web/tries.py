"""How often somebody on one network address has tried something that needs no login."""

from dataclasses import dataclass

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Tries:
    """At most `most` within `seconds` of the first; without Redis nothing is counted."""

    name: str
    most: int
    seconds: int = 60 * 60

    def are_used_up(self, request: HttpRequest) -> bool:
        return int(cache.get(self._key(request), 0)) >= self.most

    def count(self, request: HttpRequest) -> None:
        key = self._key(request)
        if not cache.add(key, 1, timeout=self.seconds):
            cache.incr(key)

    def refusal(self, request: HttpRequest, template: str) -> HttpResponse:
        response = render(request, template, status=429)
        response["Retry-After"] = str(self.seconds)
        return response

    def _key(self, request: HttpRequest) -> str:
        return f"{self.name}:{get_ip(request)}"

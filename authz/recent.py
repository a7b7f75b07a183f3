"""What a person was allowed a moment ago, for as long as the policy and the day stay what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from authz.clock import Day
    from authz.policy import Policy
    from authz.table import Given


class Recent:
    """Where `decide` looks first: the answers of the viewer's table of today, under one policy."""

    __slots__ = ("given", "policy", "since", "until")

    def __init__(self) -> None:
        self.policy: Policy | None = None
        self.since = self.until = 0.0
        self.given: Given = {}

    def follow(self, policy: Policy, day: Day, given: Given) -> None:
        """Look from now on at these answers, which hold under this policy on this day."""
        self.policy, self.since, self.until, self.given = policy, day.since, day.until, given

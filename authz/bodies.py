"""What an organization may, whatever boxes its users hold: the first and the third layers alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from authz.on_form import EVERY_STEP
from authz.shelf import Shelf
from authz.table import Table

if TYPE_CHECKING:
    from authz.policy import Policy


class BodyTable(Table):
    """The cells of an organization: those of a user of it who would hold every box."""

    def __init__(self, policy: Policy, organization: str, day: date) -> None:
        super().__init__(Shelf(policy), organization, policy.eras.of(day))
        self.actors = sorted(policy.enforcement.members.reach(organization))
        self.own = policy.organisms.gather(self.actors)

    def box_steps(self, platform: str, form: str, right: str) -> int:  # noqa: ARG002 - the boxes are left out
        """Every step."""
        return EVERY_STEP

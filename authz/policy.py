"""One version of the policy, loaded into Casbin and compiled: the thing that answers."""

from __future__ import annotations

from datetime import date

from authz.buckets import Buckets, Eras
from authz.clock import today
from authz.decision import Target
from authz.enforcement import Enforcement
from authz.facts import Facts
from authz.lines import ALL_TABS
from authz.names import FORM, TAB, YEARS, Names
from authz.organisms import Organisms
from authz.rights import RIGHTS, STEP_BIT
from authz.rules import RuleIndex
from authz.shelf import Shelf
from authz.table import Cell, Table
from authz.validation import validate_consents, validate_lines


class Policy:
    """Everything that the decisions of one version are read from; never changed once it is built.

    What a newer version changes makes another one (`authz.changing`), which shares the rest with it.

    Raises PolicyFault when the model or a line is not what the compiler understands.
    """

    def __init__(self, facts: Facts, model_text: str | None = None) -> None:
        self.names = Names.of(facts)
        validate_lines(facts.lines, self.names)
        validate_consents(facts.consents, self.names)
        self.version = facts.version
        self.platforms = facts.platforms
        self.organizations = {item.key: item for item in facts.organizations}
        self.accounts = {account.subject: account for account in facts.accounts if account.open}
        self.enforcement = Enforcement(facts, model_text)
        layers = (RuleIndex(ptype, self.enforcement.numbered(ptype)) for ptype in ("p", "p2", "p3"))
        self.conventions, self.boxes, self.ceilings = layers
        self.buckets = Buckets(self.enforcement, (self.conventions, self.boxes, self.ceilings))
        self.eras = Eras(self.conventions.dates)
        self.organisms = Organisms(facts.organisms, self.enforcement)
        self.nothing = Cell(self.organisms.table(0), None)
        self.shelf = Shelf(self)

    def table(self, subject: str, day: date | None = None) -> Table:
        """The compiled table of a subject on a day (today when None); an unknown subject's is empty."""
        return self.shelf.of_today(subject) if day is None else self.shelf.on(subject, day)

    def enforce(
        self, subject: str, right: str, target: Target, day: date | None = None, tab: str = ALL_TABS
    ) -> tuple[bool, bool, bool]:
        """Casbin's own answer: convention, boxes, ceiling. Slow; the tables are proven equal to it.

        `tab`: the code of one tab; by default the dossier as a whole.
        """
        if not self.knows(subject, right, target) or not (tab == ALL_TABS or TAB.fullmatch(tab)):
            return False, False, False
        when = (day or today().date).isoformat()
        where = (target.platform, target.form, str(target.year), target.organism)
        return self.enforcement.layers(subject, *where, right, str(int(target.step)), when, tab)

    def knows(self, subject: str, right: str, target: Target) -> bool:
        """Whether every name asked about is known: Casbin is never asked about any other."""
        return (
            subject in self.accounts
            and right in RIGHTS
            and target.platform in self.platforms
            and target.organism in self.organisms.places
            and target.step in STEP_BIT
            and target.year in YEARS
            and FORM.fullmatch(target.form) is not None
        )

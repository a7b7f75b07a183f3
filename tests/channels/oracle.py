"""What the world says, written plainly: who asks, what his convention tells, and so what he may.

Nothing here comes from authz but the names of the functions: the tables are those of the manual (§2.1.3,
§6, §11.2), typed again, and the answer is their intersection.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from authz import Right

OURS, NEIGHBOUR = "732829320", "552100554"
FORM, YEAR = "ER", 2024
# A convention begins and ends at midnight there, wherever its tests are run.
PARIS = ZoneInfo("Europe/Paris")
LONG_AGO, FAR_AWAY = date(2024, 1, 1), date(2030, 12, 31)
Steps = dict[Right, str]


def steps(text: str) -> Steps:
    """`dossier:read 456` a line: the steps of each function."""
    return {Right(name): given for name, given in (line.split() for line in text.split("\n") if line.strip())}


CEILING = {
    "organism": steps("""
        dossier:read 0123456
        dossier:export 0123456
        dossier:initialise 0
        dossier:write 12
        dossier:validate 2
        dossier:validate_hierarchical 3
        dossier:transmit 3
        dossier:correct 4
        attachment:read 123456
        attachment:write 1234
        exchange:read 456
        exchange:write 4
        reopening:ask 56
        notify 0123456
        admin_users 0123456
        consent:give 0123456
        direct:read 456
    """),
    "operator": steps("""
        dossier:read 0123456
        dossier:export 0123456
        dossier:write 4
        dossier:hand_back 4
        dossier:finalise 4
        dossier:close 5
        dossier:reopen 56
        attachment:read 123456
        attachment:write 4
        exchange:read 456
        exchange:write 4
        notify 0123456
        admin_users 0123456
        direct:read 456
        campaign:manage 0123456
        pack:edit 0123456
        policy:edit 0123456
    """),
    "partner": steps("""
        dossier:read 456
        dossier:export 456
        attachment:read 456
        attachment:write 4
        exchange:read 456
        exchange:write 4
        reopening:ask 56
        notify 456
        admin_users 0123456
        direct:read 456
    """),
}
READS = "dossier:read dossier:export attachment:read attachment:write exchange:read exchange:write"
CONTACT = {Right.NOTIFY: "0123456"}
# Profile → its boxes; what is greyed is cut by the ceiling.
BOXES: dict[str, Steps] = {
    "entry": dict.fromkeys(map(Right, READS.split()), "0123456")
    | steps("dossier:initialise 0\ndossier:write 1\ndossier:correct 4"),
    "accounting": dict.fromkeys(map(Right, READS.split()), "0123456")
    | steps("dossier:initialise 0\ndossier:write 12\ndossier:correct 4\ndossier:validate 2"),
    "hierarchical": dict.fromkeys(map(Right, READS.split()), "0123456")
    | steps("reopening:ask 56\ndossier:validate_hierarchical 3\ndossier:transmit 3\ndirect:read 456"),
    "organism_admin": {right: given for right, given in CEILING["organism"].items() if right != Right.NOTIFY},
    "officer": dict.fromkeys(map(Right, READS.split()), "0123456")
    | steps("dossier:write 4\ndossier:hand_back 4\ndirect:read 456"),
    "account_manager": dict.fromkeys(map(Right, READS.split()), "0123456")
    | steps("dossier:write 4\ndossier:hand_back 4\ndirect:read 456")
    | steps("dossier:finalise 4\ndossier:close 5\ndossier:reopen 56"),
    "operator_admin": {right: given for right, given in CEILING["operator"].items() if right != Right.NOTIFY},
    "partner_user": dict.fromkeys(map(Right, READS.split()), "0123456"),
    "partner_admin": dict.fromkeys(map(Right, READS.split()), "0123456")
    | steps("admin_users 0123456\nreopening:ask 56\ndirect:read 456"),
    "": {},
}
# Convention of everything that a partner could be given, at every step, and what no partner may ever do.
WHOLE = dict.fromkeys(
    (Right.WRITE, Right.TRANSMIT, Right.ASK_REOPENING, Right.NOTIFY, *map(Right, READS.split())), "0123456"
)
# What names the organism of the world.
COVERING = {"all", "category:OPH", "department:34", f"organism:{OURS}"}


@dataclass(frozen=True, slots=True)
class Convention:
    """A partner's convention; `consent`: not asked (None), or the organism's answer for ER 2024.

    `tabs`: the only ones that are read; `taken`: the only ones that are exported, where they are others.
    `written`: it is an object of the platform's, published as such, and not lines laid by hand.
    """

    functions: Steps
    periods: tuple[tuple[date, date], ...] = ((LONG_AGO, FAR_AWAY),)
    form: str = "*"
    platform: str = "MIN"
    organisms: str = "all"
    consent: str | None = None
    consent_year: int = YEAR
    denied: str = ""
    tabs: frozenset[str] | None = None
    taken: frozenset[str] | None = None
    written: bool = False

    def named(self, right: Right) -> frozenset[str]:
        """The tabs that the lines of a function name; none where they name no tab."""
        wanted = self.taken if right is Right.EXPORT and self.taken is not None else self.tabs
        return wanted or frozenset()

    def gives(self, right: Right, step: int, form: str, year: int) -> bool:
        """Whether it gives a function on the organism's dossier of this form and year, today."""
        told = str(step) in self.functions.get(right, "")
        today = any(since <= _today() <= until for since, until in self.periods)
        named = self.platform == "MIN" and self.form in {"*", form} and self.organisms in COVERING
        agreed = self.consent is None or ((self.consent, form, year) == ("given", FORM, self.consent_year))
        return told and today and named and agreed and self.denied not in COVERING


@dataclass(frozen=True, slots=True)
class Asker:
    """`place`: `ours` and `neighbour` (organisms), `MIN` and `EPL` (operators), else a partner."""

    name: str
    place: str
    profile: str
    convention: Convention | None = None
    contact: bool = False
    machine: bool = False
    token: frozenset[Right] | None = None
    lost_box: Right | None = None
    closed: bool = False

    @property
    def kind(self) -> str:
        """The kind of his organization."""
        return {"ours": "organism", "neighbour": "organism", "MIN": "operator", "EPL": "operator"}.get(
            self.place, "partner"
        )

    def may(
        self, right: Right, step: int, form: str = FORM, year: int = YEAR, *, worker: bool = False
    ) -> bool:
        """Whether he may, on the organism's dossier at this step; `worker`: as what he is registered for."""
        if self.closed or (self.token is not None and not worker and right not in self.token):
            return False
        boxes = BOXES[self.profile] | (CONTACT if self.contact else {})
        ticked = str(step) in boxes.get(right, "") and right is not self.lost_box
        return (
            ticked
            and str(step) in CEILING[self.kind].get(right, "")
            and self._convened(right, step, form, year)
        )

    def opens(self, tab: str, *, taken: bool = False) -> bool:
        """Whether he may read a tab of a dossier that he reads; `taken`: and carry it away."""
        told = self.convention
        if self.kind != "partner" or told is None:
            return True
        wanted = [told.named(Right.READ), *([told.named(Right.EXPORT)] if taken else [])]
        return all(not tabs or tab in tabs for tabs in wanted)

    def _convened(self, right: Right, step: int, form: str, year: int) -> bool:
        if self.kind != "partner":
            return self.place in {"ours", "MIN"}
        return self.convention is not None and self.convention.gives(right, step, form, year)


def _partner(
    name: str, convention: Convention | None, profile: str = "partner_user", **more: object
) -> Asker:
    return Asker(name, name, profile, convention, contact=True, **more)  # type: ignore[arg-type]  # passed on as they are


def _today() -> date:
    return datetime.now(PARIS).date()


def _days(since: int, until: int) -> tuple[date, date]:
    return _today() + timedelta(days=since), _today() + timedelta(days=until)


_READING = {Right.READ: "0123456"}
_EXPORT = {Right.EXPORT: "0123456"}
_BOTH = _READING | _EXPORT
_LATE = dict.fromkeys(_BOTH, "456")
TWO = frozenset({"A1", "A2"})
ASKERS = (
    Asker("saisie", "ours", "entry"),
    Asker("comptable", "ours", "accounting"),
    Asker("hierarchie", "ours", "hierarchical", contact=True),
    Asker("responsable", "ours", "organism_admin"),
    Asker("sans-profil", "ours", ""),
    Asker("voisin", "neighbour", "hierarchical", contact=True),
    Asker("charge", "MIN", "officer"),
    Asker("ministere", "MIN", "account_manager", contact=True),
    Asker("administrateur", "MIN", "operator_admin"),
    Asker("autre-plateforme", "EPL", "operator_admin", contact=True),
    _partner("sans-convention", None),
    _partner("accorde", Convention(WHOLE, consent="given")),
    _partner("refuse", Convention(WHOLE, consent="refused")),
    _partner("sans-reponse", Convention(WHOLE, consent="none")),
    _partner("accorde-avant", Convention(WHOLE, consent="given", consent_year=2023)),
    _partner("ouverte", Convention(WHOLE), "partner_admin"),
    _partner("finie", Convention(WHOLE, (_days(-400, -1),))),
    _partner("finit", Convention(WHOLE, (_days(-400, 0),))),
    _partner("a-venir", Convention(WHOLE, (_days(1, 400),))),
    _partner("suspendue", Convention(WHOLE, (_days(-400, -3), _days(3, 400)))),
    _partner("reprise", Convention(WHOLE, (_days(-400, -3), _days(-1, 400)))),
    _partner("etape-cinq", Convention(dict.fromkeys(WHOLE, "5"))),
    _partner("retire", Convention(WHOLE, denied=f"organism:{OURS}")),
    _partner("retire-famille", Convention(WHOLE, denied="category:OPH")),
    _partner("retire-voisin", Convention(WHOLE, denied=f"organism:{NEIGHBOUR}")),
    _partner("lecture", Convention(_READING)),
    _partner("export-seul", Convention(_EXPORT)),
    _partner("autre-formulaire", Convention(WHOLE, form="QDIS")),
    _partner("autre-convention", Convention(WHOLE, platform="EPL")),
    _partner("autre-famille", Convention(WHOLE, organisms="category:SEM")),
    _partner("un-organisme", Convention(WHOLE, organisms=f"organism:{OURS}", consent="given")),
    _partner("organisme-voisin", Convention(WHOLE, organisms=f"organism:{NEIGHBOUR}")),
    _partner("case-retiree", Convention(WHOLE), lost_box=Right.READ),
    _partner("sans-case", Convention(WHOLE), profile=""),
    _partner("compte-ferme", Convention(WHOLE), closed=True),
    _partner("onglets", Convention(_LATE, consent="given", tabs=TWO, written=True)),
    _partner("autres-onglets", Convention(_LATE, tabs=frozenset({"F01", "G01"}))),
    _partner(
        "onglets-pris", Convention(_LATE, tabs=frozenset({"A1", "F01"}), taken=frozenset({"F01", "A2"}))
    ),
    Asker("machine", "m1", "partner_user", Convention(_BOTH), machine=True, token=frozenset(_BOTH)),
    Asker("machine-lit", "m2", "partner_user", Convention(_BOTH), machine=True, token=frozenset(_READING)),
    Asker("machine-exporte", "m3", "partner_user", Convention(_BOTH), machine=True, token=frozenset(_EXPORT)),
)

"""What a change touched besides the lines, so that processes read that again and nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Touched:
    """Names of what was added, changed or removed; empty, the lines alone tell (they name their versions).

    `accounts`: subjects (`user:<login>`, `client:<id>`); `organizations`, `organisms`: keys;
    `consents`: `consent_name`. A platform is never touched: adding one reads everything again.
    """

    accounts: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    organisms: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()

    def stored(self) -> dict[str, list[str]]:
        """As `policy_version` keeps it."""
        return {kind: list(names) for kind, names in asdict(self).items() if names}


KINDS = frozenset(field.name for field in fields(Touched))


def gathered(records: Iterable[Any]) -> Touched | None:
    """What several versions touched; None where one does not say, or says what this program does not know."""
    names: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for record in records:
        if not isinstance(record, dict) or not record.keys() <= KINDS:
            return None
        for kind, found in record.items():
            if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
                return None
            names[kind].update(dict.fromkeys(found))
    return Touched(**{kind: tuple(found) for kind, found in names.items()})


def consent_name(organism: str, partner: str, platform: str, form: str, year: int) -> str:
    """The name of one consent: organism's key, partner's key, platform, form and year."""
    return f"{organism}|{partner}|{platform}|{form}|{year}"

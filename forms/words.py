"""The closed vocabularies of a pack, and the words by which pack files write them."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What one may do with a cell (DOMAIN legend: S, T, C, F)."""

    INPUT = "S"
    COMMON = "T"
    COMPUTED = "C"
    FORCIBLE = "F"

    @property
    def typed(self) -> bool:
        """Whether the value only ever comes from someone who typed it."""
        return self in (Kind.INPUT, Kind.COMMON)


class Severity(StrEnum):
    """What a failing check stops: nothing, nothing once justified, the step and the transmission."""

    MINOR = "minor"
    MAJOR = "major"
    BLOCKING = "blocking"

    @property
    def french(self) -> str:
        """The word of the pack files and of the exchanged documents, such as `mineure`."""
        return _FRENCH_SEVERITY[self]


class Nature(StrEnum):
    """How a tab is laid out: fixed lines, a variable number of rows, the identity sheet."""

    FIXED = "fixed"
    DYNAMIC = "dynamic"
    IDENTITY = "identity"


class Blanks(StrEnum):
    """When a check is left out: all its operands are blank, one of them is, or never."""

    SKIP_ALL_BLANK = "skip_all_blank"
    SKIP_ANY_BLANK = "skip_any_blank"
    ALWAYS = "always"

    @property
    def french(self) -> str:
        """The words of the pack files, such as `ignorer_si_tout_vide`."""
        return next(french for french, policy in BLANKS.items() if policy is self)


class OrganismKind(StrEnum):
    """The families of social-housing bodies that a line may be meant for."""

    OPH = "OPH"
    SA = "SA"
    COOP = "COOP"
    SEM = "SEM"
    MOI = "MOI"
    SAC = "SAC"


_FRENCH_SEVERITY = {
    Severity.MINOR: "mineure",
    Severity.MAJOR: "majeure",
    Severity.BLOCKING: "bloquante",
}
SEVERITIES = {french: severity for severity, french in _FRENCH_SEVERITY.items()}
NATURES = {"fixe": Nature.FIXED, "dyn": Nature.DYNAMIC, "id": Nature.IDENTITY}
BLANKS = {
    "ignorer_si_tout_vide": Blanks.SKIP_ALL_BLANK,
    "ignorer_si_un_vide": Blanks.SKIP_ANY_BLANK,
    "toujours": Blanks.ALWAYS,
}

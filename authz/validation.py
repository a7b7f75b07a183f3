"""The policy's door: a line that is not exactly right never reaches Casbin.

Casbin drops an unknown ptype in silence, raises on every check that meets a short line, and reads a
misspelt effect as no effect at all: each of these is refused here, with the line and the field.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date

from authz.facts import ConsentFact
from authz.faults import PolicyFault
from authz.lines import ALL_TABS, ANY_FORM, FIELDS, SELF, Effect, Line
from authz.names import FORM, KINDS, NO_PROFILE, TAB, YEARS, Names, is_profile
from authz.rights import ALL_STEPS, RIGHTS

LONGEST_REF = 300

Check = Callable[[str], bool]
# A profile is known by its boxes: a misspelt one has none, nor has one from which the last is taken.
_UNKNOWN = {
    "profile": "Ce profil n’a ou n’aurait aucune case cochée, et des utilisateurs le tiennent\u00a0: "
    "cochez-lui en une, ou donnez-leur un autre profil."
}


def validate_lines(lines: Sequence[Line], names: Names, filled: Container[str] | None = None) -> None:
    """Raise PolicyFault (POLICY_LINE_INVALID, path: line, field) at the first line that is not right.

    `filled`: the profiles that some box fills, where `lines` are not the whole policy.
    """
    own = {line.values[0] for line in lines if line.ptype == "p2" and line.values}
    profiles = own if filled is None else filled
    checks = _checks(names, profiles)
    for number, line in enumerate(lines):
        where = f"#{line.id}" if line.id is not None else str(number)
        _validate(line, where, checks)


def validate_consents(consents: Iterable[ConsentFact], names: Names) -> None:
    """Raise PolicyFault (CONSENT_INVALID) at the first consent that names nothing known."""
    for consent in consents:
        parties = consent.organism in names.organisms and consent.partner in names.organizations
        campaign = FORM.fullmatch(consent.form) is not None and consent.year in YEARS
        if not (parties and campaign and consent.platform in names.platforms):
            raise PolicyFault(
                "CONSENT_INVALID", "Cet accès donné ne désigne rien de connu.", "consent", str(consent)
            )


def _validate(line: Line, where: str, checks: dict[str, Check]) -> None:
    fields = FIELDS.get(line.ptype)
    if fields is None:
        raise _fault("Ce type de ligne n’existe pas.", where, "ptype")
    if len(line.values) != len(fields):
        raise _fault(f"Cette ligne doit avoir {len(fields)} champs.", where, "values")
    for field, value in zip(fields, line.values, strict=True):
        if not checks[f"{line.ptype}.{field}"](value):
            raise _fault(_UNKNOWN.get(field, "Cette valeur n’est pas reconnue."), where, field)
    if line.ptype == "p" and line.field("since") > line.field("until"):
        raise _fault("La date de fin précède la date de début.", where, "until")
    # Denied tab by tab, the dossier as a whole would be neither open nor closed.
    if line.ptype == "p" and line.field("eft") == Effect.DENY and line.field("tabs") != ALL_TABS:
        raise _fault("Un refus vaut pour le dossier entier, jamais pour quelques onglets.", where, "tabs")


def _fault(message: str, where: str, field: str) -> PolicyFault:
    return PolicyFault("POLICY_LINE_INVALID", message, where, field)


def _checks(names: Names, profiles: Container[str]) -> dict[str, Check]:
    def is_subject(name: str) -> bool:
        return name in names.subjects

    layer: dict[str, Check] = {
        "dom": names.platforms.__contains__,
        "form": _is_form_or_any,
        "act": RIGHTS.__contains__,
        "steps": _is_steps,
        "eft": frozenset(Effect).__contains__,
        "ref": _is_ref,
    }
    own: dict[str, Check] = {
        "p.actor": names.is_actor,
        "p.orgs": lambda name: name == SELF or names.is_group(name),
        "p.since": _is_date,
        "p.until": _is_date,
        "p.consent": ("yes", "no").__contains__,
        "p.tabs": _is_tabs,
        # What says « none here » must give nothing.
        "p2.sub": lambda name: is_subject(name) or (is_profile(name) and name != NO_PROFILE),
        "p3.kind": KINDS.__contains__,
        "g.sub": is_subject,
        # A profile that no box fills is a misspelt one.
        "g.profile": lambda name: name == NO_PROFILE or (is_profile(name) and name in profiles),
        "g.domain": lambda domain: _is_domain(domain, names),
    }
    return {f"{ptype}.{name}": check for ptype in ("p", "p2", "p3") for name, check in layer.items()} | own


def _is_steps(value: str) -> bool:
    return bool(value) and set(value) <= set(ALL_STEPS) and len(set(value)) == len(value)


def _is_form_or_any(value: str) -> bool:
    return value == ANY_FORM or FORM.fullmatch(value) is not None


def _is_tabs(value: str) -> bool:
    codes = value.split("+")
    return value == ALL_TABS or (len(set(codes)) == len(codes) and all(map(TAB.fullmatch, codes)))


def _is_ref(value: str) -> bool:
    return 0 < len(value) <= LONGEST_REF and value.isprintable()


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_domain(value: str, names: Names) -> bool:
    platform, _, form = value.partition("/")
    return platform in names.platforms and _is_form_or_any(form)

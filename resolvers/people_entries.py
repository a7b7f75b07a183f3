"""What may be typed about a person (manual §11.2.2): required, plausible, and no longer than its column."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from authz.names import YEARS
from models import Invalid
from resolvers.legible import as_name, look_alike

if TYPE_CHECKING:
    from collections.abc import Collection

    from resolvers.people_rows import AccountEntry

CIVILITIES = frozenset({"", "M.", "Mme"})
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,79}")
_EMAIL = re.compile(r"[^\s@,;<>()\"]{1,64}@[^\s@,;<>()\"]+\.[^\s@,;<>()\".]{2,}")
_PHONE = re.compile(r"\+?[0-9](?:[ .\-()\u00a0\u202f]*[0-9]){5,14}")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is typed: its name in French, how long it may be, whether it must be there.

    `names`: somebody is known by it. `lines`: it may be of several.
    """

    label: str
    most: int
    required: bool = False
    names: bool = False
    lines: bool = False


TEXTS = {
    "first_name": Text("Prénom", 80, required=True, names=True),
    "last_name": Text("Nom", 80, required=True, names=True),
    "email": Text("Adresse électronique", 200, required=True),
    "phone": Text("Tél.", 30, required=True),
    "mobile": Text("Mobile", 30),
    "title": Text("Titre", 60),
    "service": Text("Service", 120),
}


def checked_text(value: str, text: Text, path: tuple[str, ...]) -> str:
    """The text without outer spaces. Raises Invalid FIELD_REQUIRED, FIELD_TOO_LONG, FIELD_UNPRINTABLE."""
    kept = as_name(value.strip()) if text.names else value.strip()
    kept = kept.replace("\r\n", "\n") if text.lines else kept
    if text.required and not kept:
        raise Invalid("FIELD_REQUIRED", f"« {text.label} » est obligatoire : renseignez-le.", path=path)
    if len(kept) > text.most:
        raise Invalid(
            "FIELD_TOO_LONG",
            f"« {text.label} » compte {text.most} caractères au plus : raccourcissez-le.",
            path=path,
        )
    seen = kept.replace("\n", "").replace("\t", "") if text.lines else kept
    if not all(char.isprintable() or char in "\u00a0\u202f" for char in seen):
        raise Invalid(
            "FIELD_UNPRINTABLE",
            f"« {text.label} » contient un caractère qui ne s’imprime pas : retirez-le.",
            path=path,
        )
    return kept


def check_letters(name: str, label: str, path: tuple[str, ...]) -> None:
    """Nothing, if a name is in Latin letters: none passes for another. Raises Invalid NAME_LOOKALIKE."""
    char = look_alike(name)
    if char is not None:
        raise Invalid(
            "NAME_LOOKALIKE",
            f"« {label} » contient « {char} », qui n’est ni une lettre latine ni un chiffre de 0 à 9 : "
            "saisissez ce caractère de nouveau au clavier.",
            path=path,
        )


def checked_email(value: str, path: tuple[str, ...]) -> str:
    """An address that a mail may reach. Raises Invalid EMAIL_INVALID."""
    if value and _EMAIL.fullmatch(value) is None:
        raise Invalid(
            "EMAIL_INVALID",
            "Cette adresse électronique n’a pas la forme « nom@domaine.fr » : corrigez-la.",
            path=path,
        )
    return value


def checked_phone(value: str, path: tuple[str, ...]) -> str:
    """A number of 6 to 15 digits, spaces, dots and hyphens aside. Raises Invalid PHONE_INVALID."""
    if value and _PHONE.fullmatch(value) is None:
        raise Invalid("PHONE_INVALID", "Ce numéro de téléphone n’est pas plausible : corrigez-le.", path=path)
    return value


def checked_login(login: str) -> str:
    """The name of connection, in lower case: two that differ by their case would be one person's for another.

    Raises Invalid LOGIN_INVALID.
    """
    kept = login.strip().casefold()
    if _LOGIN.fullmatch(kept) is None:
        raise Invalid(
            "LOGIN_INVALID",
            "Un login compte de 3 à 80 lettres sans accent, chiffres, points, tirets ou « @ » : corrigez-le.",
            path=("login",),
        )
    return kept


def checked_entry(
    entry: AccountEntry,
    *,
    profiles: Collection[str],
    forms: Collection[str],
    known: AccountEntry | None = None,
) -> AccountEntry:
    """The entry as it is kept. `profiles`, `forms`: those that may be chosen for this person.

    `known`: the entry as it stands, whose name may stay as it was taken over; another is read by letters.

    Raises Invalid: the codes above, CIVILITY_UNKNOWN, PROFILE_UNKNOWN, HOME_UNKNOWN.
    """
    texts: dict[str, Any] = {
        name: checked_text(getattr(entry, name), text, ("account", camel(name)))
        for name, text in TEXTS.items()
    }
    for name, text in TEXTS.items():
        if text.names and (known is None or texts[name] != as_name(getattr(known, name))):
            check_letters(texts[name], text.label, ("account", camel(name)))
    checked_email(texts["email"], ("account", "email"))
    checked_phone(texts["phone"], ("account", "phone"))
    checked_phone(texts["mobile"], ("account", "mobile"))
    if entry.civility not in CIVILITIES:
        raise Invalid("CIVILITY_UNKNOWN", "La civilité est « M. » ou « Mme ».", path=("account", "civility"))
    if entry.default_profile and entry.default_profile not in profiles:
        raise profile_unknown(("account", "defaultProfile"))
    home = not entry.home_form or entry.home_form in forms
    if not home or (entry.home_year is not None and entry.home_year not in YEARS):
        raise Invalid(
            "HOME_UNKNOWN",
            "Ce formulaire ou cette année ne peut pas servir de page d’accueil : choisissez-en un autre.",
            path=("account", "homeForm"),
        )
    return replace(entry, **texts)


def profile_unknown(path: tuple[str, ...]) -> Invalid:
    """No profile of that name for this kind of user."""
    return Invalid(
        "PROFILE_UNKNOWN",
        "Ce profil n’existe pas pour ce type d’utilisateur : choisissez-en un de la liste.",
        path=path,
    )


def camel(name: str) -> str:
    """`first_name` → `firstName`, as the schema says it."""
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)

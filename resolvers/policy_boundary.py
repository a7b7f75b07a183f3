"""What a policy editor edits himself: his platform's conventions written by hand, and its profiles."""

from __future__ import annotations

from collections.abc import Iterable

from authz import Line, Right, Viewer, decide_on_platform
from authz.boxes import hold_policy
from authz.lines import FIELDS
from authz.names import is_profile
from models import Invalid, NotFound, Refused
from resolvers.person import person_of

# A spreadsheet would run what begins so, once the rules are exported.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_COMMENT = 300


def require_editor(viewer: Viewer, platform: str) -> None:
    """Nothing for a person who may edit the platform's policy.

    Raises NotFound POLICY_DESK_UNKNOWN, which does not tell which platforms exist; Invalid PERSON_REQUIRED.
    """
    if not decide_on_platform(viewer, Right.POLICY_EDIT, platform).allowed:
        raise desk_unknown()
    person_of(viewer)


async def hold_editor(viewer: Viewer, platform: str) -> None:
    """The same, once nobody else changes the policy: who lost the right while he waited is refused.

    Call it first in the transaction, before anything is read or written. Raises as `require_editor`.
    """
    await hold_policy(viewer.authority)
    require_editor(viewer, platform)


def desk_unknown() -> NotFound:
    """The same words for a platform that does not exist and for one whose rules are another's to edit."""
    return NotFound(
        "POLICY_DESK_UNKNOWN",
        "Cette plateforme n’existe pas, ou vous n’en modifiez pas les droits : adressez-vous à son "
        "administrateur.",
        path=("platform",),
    )


def is_editable(line: Line, platform: str) -> bool:
    """Whether the desk edits a line of the policy."""
    if line.ptype not in ("p", "p2") or line.field("dom") != platform or line.convention_id is not None:
        return False
    return line.ptype == "p" or is_profile(line.values[0])


def require_editable(lines: Iterable[Line], platform: str, place: str) -> None:
    """Nothing when the desk edits every line. Raises Refused with the way to what it does not edit.

    Codes: POLICY_LINE_OF_CONVENTION, POLICY_LINE_OF_USER, POLICY_LINE_OF_SYSTEM, POLICY_LINE_ELSEWHERE.
    """
    for number, line in enumerate(lines):
        if not is_editable(line, platform):
            where = str(line.id) if line.id is not None else str(number)
            code, sentence = refusal_of(line, platform)
            convention = {"convention": str(line.convention_id)} if line.convention_id else {}
            raise Refused(code, sentence, path=(place, where), details=convention)


def check_new(lines: Iterable[Line]) -> None:
    """Nothing when every line has the fields of its type. Raises Invalid POLICY_LINE_INVALID."""
    for number, line in enumerate(lines):
        fields = FIELDS.get(line.ptype)
        if fields is None or len(line.values) != len(fields):
            expected = f"Une ligne {line.ptype} a {len(fields)} champs" if fields else "Ce type n’existe pas"
            raise Invalid(
                "POLICY_LINE_INVALID", f"{expected} : corrigez la ligne.", path=("add", str(number))
            )
        if "ref" in fields and line.field("ref").startswith(FORMULAS):
            raise Invalid(
                "POLICY_LINE_INVALID",
                "La référence d’une ligne ne commence ni par =, +, - ou @ : un tableur la prendrait pour une "
                "formule.",
                path=("add", str(number), "ref"),
            )


def check_comment(comment: str) -> str:
    """The comment without its margins. Raises Invalid POLICY_COMMENT_INVALID when empty or too long."""
    kept = comment.strip()
    if not 1 <= len(kept) <= LONGEST_COMMENT or not kept.isprintable():
        raise Invalid(
            "POLICY_COMMENT_INVALID",
            f"Dites en une phrase de {LONGEST_COMMENT} caractères au plus pourquoi les droits changent.",
            path=("comment",),
        )
    return kept


def refusal_of(line: Line, platform: str) -> tuple[str, str]:
    """Code and sentence of what the desk says of a line that it does not edit."""
    if line.convention_id is not None:
        return (
            "POLICY_LINE_OF_CONVENTION",
            "Cette ligne vient d’une convention : modifiez la convention, ses lignes suivront.",
        )
    if line.ptype in ("g", "p2") and not (line.ptype == "p2" and is_profile(line.values[0])):
        return (
            "POLICY_LINE_OF_USER",
            "Cette ligne est celle d’un utilisateur : son administrateur la change dans le paramétrage.",
        )
    if line.ptype in ("p", "p2"):
        return (
            "POLICY_LINE_ELSEWHERE",
            f"Cette ligne n’est pas de la plateforme {platform} : ses administrateurs la modifient.",
        )
    return ("POLICY_LINE_OF_SYSTEM", "Cette ligne est une limite du système : personne ne la modifie ici.")

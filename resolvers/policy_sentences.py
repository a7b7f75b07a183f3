"""The sentences that must stay true of a platform's rules: written, tried, erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from authz import Viewer
from authz.boxes import hold_policy
from authz.lines import ANY_FORM
from authz.names import FORM, YEARS
from authz.policy import Policy
from authz.rights import ALL_STEPS, RIGHTS
from authz.stored_tests import Outcome, Sentence, run, stored_sentences
from models import Invalid, NotFound, PolicyTest, transaction
from resolvers.policy_boundary import hold_editor, require_editor

LONGEST_SENTENCE = 300
MOST_TESTS = 200


@dataclass(frozen=True, slots=True)
class SentenceInput:
    """A test as it is sent; `year` None: every year; `expected`: it always may, or it never may."""

    sentence: str
    actor: str
    right: str
    form: str
    year: int | None
    organisms: str
    steps: str
    expected: bool


async def outcomes(viewer: Viewer, platform: str) -> tuple[Outcome, ...]:
    """The tests of a platform whose desk is open, each tried on the policy in force."""
    policy = viewer.authority.policy
    return tuple(run(policy, sentence) for sentence in await stored_sentences([platform]))


async def save(viewer: Viewer, platform: str, test_id: UUID | None, sent: SentenceInput) -> Outcome:
    """Write a test, or rewrite one; it may be false today: it then forbids nothing until it is true.

    Raises NotFound POLICY_DESK_UNKNOWN, POLICY_TEST_UNKNOWN; Invalid POLICY_TEST_INVALID with the field,
    POLICY_TESTS_TOO_MANY, PERSON_REQUIRED.
    """
    async with transaction():
        await hold_editor(viewer, platform)
        policy = viewer.authority.policy
        _check(policy, sent)
        kept = Sentence(
            test_id or uuid4(),
            platform,
            sent.sentence.strip(),
            sent.actor,
            sent.right,
            sent.form,
            sent.year,
            sent.organisms,
            "".join(sorted(sent.steps)),
            sent.expected,
        )
        await _write(viewer, kept, new=test_id is None)
        return run(policy, kept)


async def delete(viewer: Viewer, test_id: UUID) -> None:
    """Erase a test. Raises NotFound POLICY_TEST_UNKNOWN, the same for another platform's."""
    async with transaction():
        await hold_policy(viewer.authority)
        found = await PolicyTest.filter(id=test_id).select_for_update().first()
        if found is None:
            raise not_found()
        try:
            require_editor(viewer, found.platform_id)
        except NotFound as closed:
            raise not_found() from closed
        await found.delete()


async def _write(viewer: Viewer, kept: Sentence, *, new: bool) -> None:
    columns: dict[str, Any] = {
        "sentence": kept.sentence,
        "actor": kept.actor,
        "right": kept.right,
        "form": kept.form,
        "year": kept.year,
        "organisms": kept.organisms,
        "steps": kept.steps,
        "expected": kept.expected,
    }
    tests = PolicyTest.filter(platform_id=kept.platform)
    if not new:
        if not await tests.filter(id=kept.id).update(**columns):
            raise not_found()
        return
    if await tests.count() >= MOST_TESTS:
        raise Invalid(
            "POLICY_TESTS_TOO_MANY",
            f"Une plateforme garde {MOST_TESTS} phrases au plus : effacez-en une.",
        )
    await PolicyTest.create(
        id=kept.id, platform_id=kept.platform, author_id=viewer.user_id, at=datetime.now(UTC), **columns
    )


def _check(policy: Policy, sent: SentenceInput) -> None:
    names = policy.names
    _require("sentence", 1 <= len(sent.sentence.strip()) <= LONGEST_SENTENCE and sent.sentence.isprintable())
    _require("actor", names.is_actor(sent.actor))
    _require("right", sent.right in RIGHTS)
    _require("form", sent.form == ANY_FORM or FORM.fullmatch(sent.form) is not None)
    _require("year", sent.year is None or sent.year in YEARS)
    _require("organisms", names.is_group(sent.organisms))
    steps = sent.steps
    _require("steps", bool(steps) and set(steps) <= set(ALL_STEPS) and len(set(steps)) == len(steps))


def _require(field: str, holds: bool) -> None:  # noqa: FBT001 - a condition that is checked
    if not holds:
        words = {
            "sentence": f"La phrase compte de 1 à {LONGEST_SENTENCE} caractères : corrigez-la.",
            "actor": "Cet acteur n’existe pas : choisissez une organisation, une nature ou un compte.",
            "right": "Cette fonction n’existe pas : choisissez-en une de la matrice.",
            "form": "Ce type de formulaire n’est pas possible : donnez son code, ou * pour tous.",
            "year": "Cette année de comptes n’est pas possible : corrigez-la.",
            "organisms": "Ce groupe d’organismes n’existe pas : choisissez-en un autre.",
            "steps": "Les étapes sont des chiffres de 0 à 6, chacun une fois : corrigez-les.",
        }
        raise Invalid("POLICY_TEST_INVALID", words[field], path=(field,))


def not_found() -> NotFound:
    """The same words whether the test does not exist or is another platform's."""
    return NotFound(
        "POLICY_TEST_UNKNOWN",
        "Cette phrase n’existe pas, ou ne vous est pas ouverte : rechargez la page.",
        path=("id",),
    )

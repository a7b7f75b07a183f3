"""New passwords (manual §11.2.2): their rules, and changing one; they are kept, mailed and logged nowhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from zxcvbn import zxcvbn

from authz import Viewer
from authz.boxes import hold_policy
from models import Invalid, Problem, Session, User, transaction
from resolvers import journal, passwords, sessions, sign_in
from resolvers.events import Kind
from resolvers.people_rights import read, require_open, require_own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resolvers.sessions import SignedIn

LEAST, MOST = 8, 200
# zxcvbn's scale is 0 to 4; from 2 on, a hundred million guesses do not find it.
LEAST_SCORE = 2
# What it looks at: it takes longer than that square by square.
LOOKED_AT = 72
# A name within a password is worth nothing: what stands beside it must be worth something.
SHORTEST_NAME, LEAST_LEFT = 3, 5
_SEPARATORS = re.compile(r"[\s@._-]+")


def check(password: str, again: str, names: Iterable[str]) -> None:
    """Nothing, if it may be a password; `names` are words that anyone would try first.

    Raises Invalid PASSWORDS_DIFFER, PASSWORD_TOO_LONG, PASSWORD_RULES (`details`: the rules not met),
    PASSWORD_GUESSABLE.
    """
    if password != again:
        raise Invalid(
            "PASSWORDS_DIFFER",
            "Les deux saisies du mot de passe diffèrent : saisissez-le de nouveau.",
            path=("passwordAgain",),
        )
    if len(password) > MOST:
        raise Invalid(
            "PASSWORD_TOO_LONG", f"Un mot de passe compte {MOST} caractères au plus.", path=("password",)
        )
    unmet = [rule for rule, met in _rules(password).items() if not met]
    if unmet:
        raise Invalid(
            "PASSWORD_RULES",
            f"Il manque au mot de passe : {', '.join(unmet)}.",
            path=("password",),
            details={"unmet": unmet},
        )
    if _guessable(password, names):
        raise Invalid(
            "PASSWORD_GUESSABLE",
            "Ce mot de passe se devine trop vite : évitez noms, dates et suites, ou allongez-le.",
            path=("password",),
        )


def _rules(password: str) -> dict[str, bool]:
    return {
        "au moins huit caractères": len(password) >= LEAST,
        "au moins une majuscule": any(char.isupper() for char in password),
        "au moins un caractère spécial": any(not char.isalnum() and not char.isspace() for char in password),
        "au moins un chiffre": any(char.isdigit() for char in password),
    }


def _guessable(password: str, names: Iterable[str]) -> bool:
    """Whether few guesses find it, or little is left of it beside its user's own names."""
    words = {part.casefold() for name in names for part in (name, *_SEPARATORS.split(name)) if part}
    left = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "") if len(word) >= SHORTEST_NAME else left
    score = zxcvbn(password[:LOOKED_AT], user_inputs=sorted(words))["score"]
    return score < LEAST_SCORE or len(left) < LEAST_LEFT


async def change(
    viewer: Viewer, account_id: UUID, password: str, again: str, current: str | None
) -> SignedIn | None:
    """Change a password, and end the sessions of its user. One's own takes the current one.

    Outside any transaction: a wrong current password counts as a failed sign-in, though it is refused.
    The caller's new session if it is his own. Raises NotFound; Invalid: those of `check`,
    CURRENT_PASSWORD_WRONG; Unauthenticated ACCOUNT_LOCKED; Refused REFUSED, ADMINISTRATORS_ONLY.
    """
    account = await read(viewer, account_id)
    own = account.id == viewer.user_id
    if own:
        require_open(account)
        await _confirm(viewer, current or "")
    else:
        require_own(viewer, account)
    check(password, again, (account.login, account.entry.first_name, account.entry.last_name))
    kept = await passwords.hashed(password)
    async with transaction():
        # Asked again once nobody changes the rules: who lost the right while he waited is refused.
        await hold_policy(viewer.authority)
        account = await read(viewer, account_id)
        if own:
            require_open(account)
        else:
            require_own(viewer, account)
        await User.filter(id=account.id).update(
            password_hash=kept,
            password_set_by_id=None if own else viewer.user_id,
            password_set_at=datetime.now(UTC),
        )
        await Session.filter(user_id=account.id).delete()
        await sign_in.forget_failures(account.login)
        await journal.record(viewer, Kind.ACCOUNT_CHANGED, "", {"user": account.id, "what": "password"})
        return await sessions.open_session(viewer.authority, account.id) if own else None


async def _confirm(viewer: Viewer, current: str) -> None:
    try:
        await sign_in.confirm_password(viewer, current)
    except Problem as problem:
        if problem.code != "WRONG_PASSWORD":
            raise
        raise Invalid(
            "CURRENT_PASSWORD_WRONG",
            "Le mot de passe actuel n’est pas celui-là : saisissez-le de nouveau.",
            path=("current",),
        ) from problem

"""New passwords (manual §11.2.2): the rules, who may change whose, and what ends with the old one."""

from __future__ import annotations

import logging
from contextlib import nullcontext

import pytest

from models import Problem, Session, User, fetch
from resolvers import people_passwords, sessions, sign_in
from tests.settings import STRONG, Desk, build_settings, refused
from tests.world import PASSWORD

NAMES = ("ana.roux@example.org", "Ana", "Roux-Delmas")


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_settings()


@pytest.mark.parametrize(
    ("password", "code", "unmet"),
    [
        ("Ab-1", "PASSWORD_RULES", ["au moins huit caractères"]),
        ("turbine-43-lune", "PASSWORD_RULES", ["au moins une majuscule"]),
        ("Turbine 43 lune", "PASSWORD_RULES", ["au moins un caractère spécial"]),
        ("Turbine-lune", "PASSWORD_RULES", ["au moins un chiffre"]),
        ("motdepasse", "PASSWORD_RULES", ["une majuscule", "un caractère spécial", "un chiffre"]),
        ("Roux-delmas1", "PASSWORD_GUESSABLE", []),
        ("Ana.roux1", "PASSWORD_GUESSABLE", []),
        ("Passw0rd!", "PASSWORD_GUESSABLE", []),
        ("Aa1!" * 51, "PASSWORD_TOO_LONG", []),
        ("Aa1!" * 50, "PASSWORD_GUESSABLE", []),
        (STRONG, "", []),
        ("Ébène-1857-Quai", "", []),
    ],
)
def test_a_password_keeps_the_manuals_rules_and_is_not_guessed(
    password: str, code: str, unmet: list[str]
) -> None:
    with nullcontext() if not code else pytest.raises(Problem) as refusal:
        people_passwords.check(password, password, NAMES)
    if refusal is not None:
        problem = refusal.value
        rules = problem.details.get("unmet", [])
        assert (problem.code, problem.path, len(rules)) == (code, ("password",), len(unmet))
        assert all(any(part in rule for rule in rules) for part in unmet)
        assert password not in problem.message


async def test_a_new_password_ends_every_session_and_opens_ones_own_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    authority, viewer = desk.world.authority, desk["cdc"]
    tokens = [(await sessions.sign_in(authority, "cdc", PASSWORD)).token or "" for _ in range(2)]
    other = await sessions.sign_in(authority, "cdc.admin", PASSWORD)
    with caplog.at_level(logging.INFO):
        signed = await people_passwords.change(viewer, desk.users["cdc"], STRONG, STRONG, PASSWORD)
    assert signed is not None
    for ended in tokens:
        with pytest.raises(Problem):
            await sessions.resume(authority, ended)
    logins = [(await sessions.resume(authority, one.token or "")).viewer.login for one in (signed, other)]
    assert logins == ["cdc", "cdc.admin"]
    assert (await sign_in.prove("cdc", STRONG)).login == "cdc"
    kept = (await User.get(login="cdc")).password_hash
    assert kept.startswith("$argon2id$")
    assert STRONG not in kept + caplog.text
    assert await fetch("SELECT 1 FROM procrastinate_jobs") == []


async def test_an_administrator_changes_that_of_his_people_without_the_current_one(desk: Desk) -> None:
    admin, user = desk["cdc.admin"], desk.users["cdc"]
    await sessions.sign_in(desk.world.authority, "cdc", PASSWORD)
    for _ in range(5):
        with pytest.raises(Problem):
            await sign_in.prove("cdc", "faux")
    assert await people_passwords.change(admin, user, STRONG, STRONG, None) is None
    assert await Session.filter(user_id=user).count() == 0
    assert (await sign_in.prove("cdc", STRONG)).id == user


OTHERS = [
    ("saisie", "cdc", "NOT_FOUND"),
    ("ancols.admin", "cdc", "NOT_FOUND"),
    ("cdc", "cdc.admin", "NOT_FOUND"),
    ("machine", "cdc", "NOT_FOUND"),
    ("ministere.admin", "cdc", "NOT_FOUND"),
    ("ministere.admin", "cdc.admin", "ADMINISTRATORS_ONLY"),
    ("cdc", "cdc", "CURRENT_PASSWORD_WRONG"),
    ("cdc.admin", "cdc.admin", "CURRENT_PASSWORD_WRONG"),
]


async def test_others_change_nothing(desk: Desk) -> None:
    for by, whose, code in OTHERS:
        act = people_passwords.change(desk[by], desk.users[whose], STRONG, STRONG, "faux")
        assert await refused(act) == code
    twice = people_passwords.change(desk["cdc"], desk.users["cdc"], STRONG, STRONG + "!", PASSWORD)
    assert await refused(twice) == "PASSWORDS_DIFFER"


async def test_a_wrong_current_password_counts_as_a_failed_sign_in(desk: Desk) -> None:
    codes = [
        await refused(people_passwords.change(desk["cdc"], desk.users["cdc"], STRONG, STRONG, "faux"))
        for _ in range(5)
    ]
    assert codes == ["CURRENT_PASSWORD_WRONG"] * 4 + ["ACCOUNT_LOCKED"]

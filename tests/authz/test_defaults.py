"""The standing lines make the life of a dossier possible, step by step, to those whose part it is."""

from __future__ import annotations

import pytest

from authz import PROFILES, Allowed, Right, Target, convention_line, decide, holders, standing_lines
from authz.ceilings import CEILINGS
from tests.authz.sample import DAY, OPH, SEM, holds, policy, target, viewer

CONVENTION = [
    convention_line(actor="partner:CDC", platform="MIN", right=right, organisms="all", ref="art. 1")
    for right in Right
]
# profile → who holds it, and function → the steps at which she may, on the OPH's dossier.
MATRIX = {
    "entry": ("user:oph", {
        Right.READ: "0123456", Right.EXPORT: "0123456", Right.INITIALISE: "0", Right.WRITE: "1",
        Right.ATTACHMENT_READ: "123456", Right.ATTACHMENT_WRITE: "1234",
        Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4", Right.CORRECT: "4",
    }),
    "accounting": ("user:oph", {
        Right.READ: "0123456", Right.EXPORT: "0123456", Right.INITIALISE: "0", Right.WRITE: "12",
        Right.VALIDATE: "2", Right.ATTACHMENT_READ: "123456", Right.ATTACHMENT_WRITE: "1234",
        Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4", Right.CORRECT: "4",
    }),
    "hierarchical": ("user:oph", {
        Right.READ: "0123456", Right.EXPORT: "0123456", Right.VALIDATE_HIERARCHICAL: "3",
        Right.TRANSMIT: "3", Right.ATTACHMENT_READ: "123456", Right.ATTACHMENT_WRITE: "1234",
        Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4", Right.ASK_REOPENING: "56",
        Right.DIRECT_READ: "456",
    }),
    "organism_admin": ("user:oph", {
        Right.READ: "0123456", Right.EXPORT: "0123456", Right.INITIALISE: "0", Right.WRITE: "12",
        Right.VALIDATE: "2", Right.VALIDATE_HIERARCHICAL: "3", Right.TRANSMIT: "3",
        Right.ATTACHMENT_READ: "123456", Right.ATTACHMENT_WRITE: "1234", Right.EXCHANGE_READ: "456",
        Right.EXCHANGE_WRITE: "4", Right.ASK_REOPENING: "56", Right.ADMIN_USERS: "0123456",
        Right.CONSENT_GIVE: "0123456", Right.CORRECT: "4", Right.DIRECT_READ: "456",
    }),
    "officer": ("user:min", {
        Right.READ: "0123456", Right.EXPORT: "0123456", Right.WRITE: "4",
        Right.ATTACHMENT_READ: "123456", Right.ATTACHMENT_WRITE: "4",
        Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4", Right.HAND_BACK: "4", Right.DIRECT_READ: "456",
    }),
    "account_manager": ("user:min", {
        Right.READ: "0123456", Right.EXPORT: "0123456", Right.WRITE: "4", Right.FINALISE: "4",
        Right.CLOSE: "5", Right.REOPEN: "56", Right.ATTACHMENT_READ: "123456",
        Right.ATTACHMENT_WRITE: "4", Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4",
        Right.HAND_BACK: "4", Right.DIRECT_READ: "456",
    }),
    "operator_admin": ("user:min", {
        Right.READ: "0123456", Right.EXPORT: "0123456", Right.WRITE: "4", Right.FINALISE: "4",
        Right.CLOSE: "5", Right.REOPEN: "56", Right.ATTACHMENT_READ: "123456", Right.ATTACHMENT_WRITE: "4",
        Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4", Right.ADMIN_USERS: "0123456",
        Right.PACK_EDIT: "0123456", Right.POLICY_EDIT: "0123456", Right.CAMPAIGN_MANAGE: "0123456",
        Right.HAND_BACK: "4", Right.DIRECT_READ: "456",
    }),
    "partner_user": ("user:cdc", {
        Right.READ: "456", Right.EXPORT: "456", Right.ATTACHMENT_READ: "456", Right.ATTACHMENT_WRITE: "4",
        Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4",
    }),
    "partner_admin": ("user:cdc", {
        Right.READ: "456", Right.EXPORT: "456", Right.ATTACHMENT_READ: "456", Right.ATTACHMENT_WRITE: "4",
        Right.EXCHANGE_READ: "456", Right.EXCHANGE_WRITE: "4", Right.ASK_REOPENING: "56",
        Right.ADMIN_USERS: "0123456",
        Right.DIRECT_READ: "456",
    }),
    "contact": ("user:cdc", {Right.NOTIFY: "456"}),
}  # fmt: skip


def steps_of(subject: str, profile: str, right: Right, organism: str = OPH, platform: str = "MIN") -> str:
    lines = [*standing_lines(["MIN"]), *CONVENTION, holds(subject, profile)]
    who = viewer(policy(lines), subject)
    about = (Target(platform, "ER", 2024, organism, step) for step in range(7))
    return "".join(str(item.step) for item in about if isinstance(decide(who, right, item, DAY), Allowed))


@pytest.mark.parametrize("profile", MATRIX)
def test_a_profile_is_exactly_its_row_of_the_matrix(profile: str) -> None:
    subject, expected = MATRIX[profile]
    found = {right: steps for right in Right if (steps := steps_of(subject, profile, right))}
    assert found == expected


def test_every_profile_is_in_the_matrix() -> None:
    assert {f"profile:{name}" for name in MATRIX} == set(PROFILES)


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_no_profile_ticks_a_box_greyed_for_its_kind(name: str) -> None:
    profile = PROFILES[name]
    for right, steps in profile.boxes.items():
        kinds = [profile.kind] if profile.kind else list(CEILINGS)
        assert any(set(steps) <= set(CEILINGS[kind].get(right, "")) for kind in kinds)


@pytest.mark.parametrize("right", Right)
def test_an_organism_has_nothing_on_another_nor_an_operator_elsewhere(right: Right) -> None:
    assert steps_of("user:oph", "organism_admin", right, organism=SEM) == ""
    assert steps_of("user:min", "operator_admin", right, platform="ESH") == ""


@pytest.mark.parametrize("right", Right)
def test_a_partner_without_a_convention_has_nothing(right: Right) -> None:
    who = viewer(policy([*standing_lines(["MIN"]), holds("user:cdc", "partner_admin")]), "user:cdc")
    assert not any(isinstance(decide(who, right, target(step=step), DAY), Allowed) for step in range(7))


def test_those_told_of_a_dossier_are_its_privileged_contacts() -> None:
    lines = [*standing_lines(["MIN"]), *CONVENTION]
    lines += [holds(subject, "contact") for subject in ("user:oph", "user:esh", "user:cdc", "client:cdc")]
    found = policy([*lines, holds("user:min", "officer"), holds("user:gone", "contact")])
    told = holders(viewer(found, "user:oph").authority, Right.NOTIFY, target(OPH), DAY)
    assert told == {found.accounts[subject].user_id for subject in ("user:oph", "user:cdc")}
    early = holders(viewer(found, "user:oph").authority, Right.NOTIFY, target(OPH, step=2), DAY)
    assert early == {found.accounts["user:oph"].user_id}
    assert (
        holders(viewer(found, "user:oph").authority, Right.NOTIFY, target("organism:0"), DAY) == frozenset()
    )

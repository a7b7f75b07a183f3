from collections import Counter
from itertools import pairwise

import pytest

from forms import Step, is_luhn, load_pack, read_entry
from resolvers.demo.accounts import administrators, clients, shown_accounts
from resolvers.demo.case import pack_key
from resolvers.demo.cast import cast
from resolvers.demo.conventions import consents
from resolvers.demo.filing import filed
from resolvers.demo.identity import identity
from resolvers.demo.journeys import SHARES, journey
from resolvers.demo.organisms import COUNTS, FEDERATIONS, organisms
from resolvers.demo.words import Town, departments

OVERSEAS = {"971", "972", "973", "974", "976"}
LAST_DAY = "2026-11-20"


def test_there_are_as_many_bodies_of_each_kind_as_the_sector_had() -> None:
    assert Counter(body.category for body in organisms()) == COUNTS
    assert len(organisms()) == 780


def test_every_siren_passes_luhn_and_comes_once() -> None:
    sirens = [body.siren for body in organisms()]

    assert all(is_luhn(siren) and len(siren) == 9 for siren in sirens)
    assert len(set(sirens)) == len(sirens)


def test_names_and_codes_come_once() -> None:
    assert len({body.name for body in organisms()}) == 780
    codes = [(platform, code) for body in organisms() for platform, code in body.codes.items()]
    assert len(set(codes)) == len(codes)
    assert max(len(code) for _, code in codes) <= 16


def test_bodies_are_spread_over_the_whole_country() -> None:
    present = {body.department.code for body in organisms()}

    assert len(departments()) == 101
    assert present == {department.code for department in departments()}
    assert OVERSEAS | {"2A", "2B"} <= present


def test_a_body_belongs_to_the_federation_of_its_kind_or_to_none() -> None:
    federations = {(body.category, body.federation) for body in organisms()}

    assert federations <= {*FEDERATIONS.items(), *((kind, None) for kind in COUNTS)}
    assert any(body.federation is None and body.category == "OPH" for body in organisms())


@pytest.mark.parametrize(
    ("town", "of"),
    [
        ("Le Havre", "du Havre"),
        ("Les Abymes", "des Abymes"),
        ("Arles", "d’Arles"),
        ("La Flèche", "de La Flèche"),
    ],
)
def test_a_town_is_named_after_de(town: str, of: str) -> None:
    assert Town(town, "00000").of == of


def test_every_identity_would_be_accepted_at_entry() -> None:
    pack = load_pack(pack_key(2024))
    for body in organisms():
        for cell, text in identity(body, 2024).items():
            assert pack.cells[cell].applies_to(body.category), cell
            assert read_entry(pack, cell, text) == text


def test_the_forty_stand_at_different_steps_and_only_transmitted_ones_precede_them() -> None:
    steps = Counter(part.step for part in cast().parts)

    assert sum(steps.values()) == 40
    assert set(steps) == set(Step) - {Step.TO_INITIALISE}
    assert min(part.first_step for part in cast().parts) >= Step.REVIEW
    assert cast().blank not in [part.organism for part in cast().parts]


def test_dossiers_of_both_years_are_spread_over_the_steps() -> None:
    for year, shares in SHARES.items():
        found = Counter(one.step for one in filed() if one.year == year)
        assert sum(found.values()) == 720
        assert {step for step, share in enumerate(shares) if share} <= set(found)


def test_a_journey_leads_to_its_step_one_move_after_the_other() -> None:
    moves = {move.name: move for move in load_pack(pack_key(2024)).cycle.moves}
    for one in filed():
        passages = one.journey.passages
        assert [(p.source, p.target) for p in passages] == [
            (moves[p.move].source, moves[p.move].target) for p in passages
        ]
        assert all(a.target is b.source and a.at < b.at for a, b in pairwise(passages))
        assert (passages[-1].target if passages else Step.TO_INITIALISE) is one.step
        assert one.journey.since.date().isoformat() <= LAST_DAY
        assert (one.journey.transmitted is not None) == (one.step >= Step.REVIEW)


def test_a_journey_is_always_the_same() -> None:
    body = organisms()[0]

    assert journey(body, 2024, Step.CLOSURE) == journey(body, 2024, Step.CLOSURE)


def test_every_password_follows_the_rules_and_every_login_comes_once() -> None:
    accounts = [*shown_accounts(), *administrators()]

    for account in accounts:
        assert len(account.password) >= 8
        assert any(char.isupper() for char in account.password)
        assert any(char.isdigit() for char in account.password)
        assert any(not char.isalnum() for char in account.password)
    assert len({account.login for account in accounts}) == len(accounts)
    assert {account.key for account in accounts if account.key.startswith("organism:")} == {
        body.key for body in organisms()
    }


def test_each_partner_has_one_machine_client_with_its_own_secret() -> None:
    assert {client.key for client in clients()} == {"partner:CGLLS", "partner:CDC", "partner:ANCOLS"}
    assert len({client.secret for client in clients()}) == 3


def test_most_bodies_consent_to_the_cdc_and_some_refuse() -> None:
    answers = Counter(given for _, _, given in consents())

    assert answers[True] > 10 * answers[False] > 0
    assert (cast().unconsenting.siren, 2024, False) in set(consents())

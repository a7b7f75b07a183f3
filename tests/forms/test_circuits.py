"""Circuits: opinions do not decide, ranks follow each other, a deadline settles an opinion only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import Act, Answer, Circuit, Hindrance, Outcome, PackError, Place, Step, Visa, VisaNature, progress
from forms.canonical import canonical
from forms.circuit import OPINIONS, asked_for
from tests.forms.tiny import CYCLE as STEPS
from tests.forms.tiny import FORMULA, tiny_pack

if TYPE_CHECKING:
    from pathlib import Path

    from forms import Pack
    from forms.circuit import Progress

DAY = date(2026, 3, 2)
LEAVING = "@etape 2 | Validation\n@mouvement submit | Soumettre | 1 | 2 | dossier:write | "
CYCLE = f"{STEPS}{LEAVING}circuit_approved\n"
GROUP = """\
@groupe ENFANT | Enfant | 1 | 3 | Numéro
@onglet E1 | 01 | Enfant | État | eur | H | fixe | groupe=ENFANT
@col V | Valeur | S
L011 | | Âge | S
"""
TEXT = """\
@circuit ADRESSE | Changement d'adresse | 1
@visa PAYE | Avis de la paye | gestionnaire_paye | avis | 1 | 10 | | motiver | A1.L011.A
@visa SYNDICAT | Avis des syndicats | syndicat | avis | 1 | 5 | 2
@visa RH | Validation RH | gestionnaire_rh | validation | 2 | 10 | | renvoyer
@visa CHEF | Signature | directeur | signature | 3 | | | refuser, renvoyer, personnel
"""


MANY = (f"@visa V{number} | x | r | validation | 1\n" for number in range(21))


def pack(folder: Path, circuits: str, cycle: str = CYCLE) -> Pack:
    part = FORMULA.format(unit="eur", formula="A") + GROUP
    return tiny_pack(folder, part, cycle=cycle, circuits=circuits)


@pytest.fixture(scope="module")
def circuit(tmp_path_factory: pytest.TempPathFactory) -> Circuit:
    return pack(tmp_path_factory.mktemp("circuit"), TEXT).circuits[0]


def act(visa: str, by: str, answer: Answer, days: int = 0, reason: str = "") -> Act:
    return Act(visa, by, answer, DAY + timedelta(days=days), reason)


OPINED = (
    act("PAYE", "anne", Answer.FAVOURABLE),
    act("SYNDICAT", "luc", Answer.ABSTAINED),
    act("SYNDICAT", "zoé", Answer.UNFAVOURABLE, reason="Trop loin"),
)
VALIDATED = (*OPINED, act("RH", "rose", Answer.APPROVED, 1))
SIGNED = (*VALIDATED, act("CHEF", "max", Answer.APPROVED, 2))


def after(circuit: Circuit, *acts: Act, days: int = 2) -> Progress:
    return progress(circuit, acts, DAY, DAY + timedelta(days=days))


def waiting(found: Progress) -> set[str]:
    return {one.visa.code for one in found.waited_for}


def test_it_is_read_as_it_is_written(circuit: Circuit) -> None:
    assert (circuit.code, circuit.step, circuit.label) == ("ADRESSE", Step.ENTRY, "Changement d’adresse")
    paye, unions, rh, chief = circuit.visas
    assert (paye.overruled, paye.condition, paye.days) == (True, "A1.L011.A", 10)
    assert (unions.quorum, unions.answers) == (2, OPINIONS)
    assert rh.answers == (Answer.APPROVED, Answer.RETURNED)
    assert (chief.delegable, chief.days, chief.nature) == (False, None, VisaNature.SIGNATURE)
    assert chief.answers == (Answer.APPROVED, Answer.RETURNED, Answer.REFUSED)


@pytest.mark.parametrize(
    ("acts", "open_", "outcome"),
    [
        ((), {"PAYE", "SYNDICAT"}, None),
        (OPINED[:2], {"SYNDICAT"}, None),
        (OPINED, {"RH"}, None),
        (VALIDATED, {"CHEF"}, None),
        (SIGNED, set(), Outcome.APPROVED),
        ((*OPINED, act("RH", "rose", Answer.RETURNED, 1, "Incomplet")), set(), Outcome.RETURNED),
        ((*VALIDATED, act("CHEF", "max", Answer.REFUSED, 2, "Non")), set(), Outcome.REFUSED),
    ],
)
def test_ranks_follow_each_other_until_somebody_decides(
    circuit: Circuit, acts: tuple[Act, ...], open_: set[str], outcome: Outcome | None
) -> None:
    found = after(circuit, *acts)
    assert (waiting(found), found.outcome) == (open_, outcome)


def test_nobody_waits_for_an_opinion_beyond_its_day(circuit: Circuit) -> None:
    on_the_day, next_day = after(circuit, days=10), after(circuit, days=11)
    assert (waiting(on_the_day), waiting(next_day)) == ({"PAYE"}, {"RH"})
    assert [one.late for one in next_day.standings] == [True, True, False, False]
    assert next_day.standings[2].opened == DAY + timedelta(days=11)
    # Its own deadline does not decide in place of who validates: he is late, and waited for.
    a_year = after(circuit, days=400)
    assert (waiting(a_year), a_year.outcome, a_year.standings[2].late) == ({"RH"}, None, True)


@pytest.mark.parametrize(
    ("acts", "tried", "why"),
    [
        ((), act("AUTRE", "max", Answer.APPROVED), Hindrance.VISA_UNKNOWN),
        ((), act("RH", "rose", Answer.APPROVED), Hindrance.VISA_NOT_OPEN),
        (OPINED, act("PAYE", "paul", Answer.FAVOURABLE), Hindrance.VISA_SETTLED),
        (OPINED[:2], act("SYNDICAT", "luc", Answer.FAVOURABLE), Hindrance.ALREADY_ANSWERED),
        ((), act("PAYE", "anne", Answer.APPROVED), Hindrance.ANSWER_UNFIT),
        (OPINED, act("RH", "rose", Answer.REFUSED, reason="Non"), Hindrance.ANSWER_UNFIT),
        (OPINED, act("RH", "rose", Answer.RETURNED, reason=" "), Hindrance.REASON_MISSING),
        ((), act("PAYE", "anne", Answer.UNFAVOURABLE), Hindrance.REASON_MISSING),
        (SIGNED, act("CHEF", "max", Answer.APPROVED), Hindrance.CIRCUIT_ENDED),
        (VALIDATED, Act("CHEF", "léa", Answer.APPROVED, DAY, stands_for="max"), Hindrance.ANSWER_UNFIT),
        ((), act("PAYE", "anne", Answer.ABSTAINED), None),
        (VALIDATED, act("CHEF", "max", Answer.APPROVED), None),
    ],
)
def test_what_cannot_be_answered(
    circuit: Circuit, acts: tuple[Act, ...], tried: Act, why: Hindrance | None
) -> None:
    assert after(circuit, *acts).hindrance(tried) is why


def test_a_delegate_and_whom_he_stands_for_are_one(circuit: Circuit) -> None:
    for_luc = Act("SYNDICAT", "léa", Answer.FAVOURABLE, DAY, stands_for="luc")
    assert after(circuit, for_luc).hindrance(act("SYNDICAT", "luc", Answer.ABSTAINED)) is (
        Hindrance.ALREADY_ANSWERED
    )
    # Two answers are two people's: not one's who stands for several.
    assert (
        after(circuit, for_luc).hindrance(act("SYNDICAT", "léa", Answer.ABSTAINED)) is Hindrance.SAME_PERSON
    )
    assert after(circuit, for_luc).hindrance(act("SYNDICAT", "marc", Answer.ABSTAINED)) is None
    assert after(circuit, for_luc).hindrance(act("PAYE", "léa", Answer.FAVOURABLE)) is None


def test_who_validates_does_not_sign(circuit: Circuit) -> None:
    found = after(circuit, *VALIDATED)
    validated = VALIDATED[-1].by
    assert found.hindrance(act("CHEF", validated, Answer.APPROVED)) is Hindrance.SAME_PERSON
    # Who only gave his opinion does.
    assert found.hindrance(act("CHEF", OPINED[0].by, Answer.APPROVED)) is None


def test_against_an_opinion_that_asks_for_it_one_says_why(circuit: Circuit) -> None:
    against = (act("PAYE", "anne", Answer.UNFAVOURABLE, reason="Hors délai"), *OPINED[1:])
    found = after(circuit, *against)
    assert found.outcome is None
    assert found.hindrance(act("RH", "rose", Answer.APPROVED)) is Hindrance.REASON_MISSING
    assert found.hindrance(act("RH", "rose", Answer.APPROVED, reason="Urgence")) is None


@pytest.mark.parametrize(("value", "asked"), [("1", True), ("oui", True), ("0", False), ("Non", False)])
def test_a_visa_may_depend_on_a_cell(circuit: Circuit, value: str, asked: bool) -> None:
    applied = asked_for(circuit, {"A1.L011.A": value})
    assert ("PAYE" in applied) is asked
    assert "PAYE" not in asked_for(circuit, {})
    found = progress(circuit, OPINED[1:], DAY, DAY, applied)
    assert waiting(found) == ({"PAYE"} if asked else {"RH"})


OPINION = st.tuples(st.sampled_from(["PAYE", "SYNDICAT"]), st.sampled_from(OPINIONS), st.integers(0, 30))
DECISION = st.tuples(
    st.sampled_from([("RH", Answer.APPROVED), ("RH", Answer.RETURNED), ("CHEF", Answer.APPROVED)])
    | st.just(("CHEF", Answer.REFUSED)),
    st.integers(0, 30),
)


def opinions(said: list[tuple[str, Answer, int]], prefix: str = "p") -> list[Act]:
    return [act(visa, f"{prefix}{rank}", answer, days) for rank, (visa, answer, days) in enumerate(said)]


@given(st.lists(OPINION, max_size=6), st.integers(0, 40))
def test_opinions_alone_never_end_a_circuit(
    circuit: Circuit, said: list[tuple[str, Answer, int]], days: int
) -> None:
    assert after(circuit, *opinions(said), days=days).outcome is None


@given(st.lists(OPINION, max_size=6), st.lists(DECISION, max_size=3), st.data())
def test_no_opinion_changes_how_a_circuit_ends(
    circuit: Circuit,
    more: list[tuple[str, Answer, int]],
    decided: list[tuple[tuple[str, Answer], int]],
    data: st.DataObject,
) -> None:
    """Whatever the same people think, and however many others say what they think."""
    decisions = [act(visa, f"d{rank}", answer, days) for rank, ((visa, answer), days) in enumerate(decided)]
    turned = [replace(one, answer=data.draw(st.sampled_from(OPINIONS))) for one in OPINED]
    plain = after(circuit, *OPINED, *decisions, days=40)
    other = after(circuit, *turned, *opinions(more), *decisions, days=40)
    assert (other.outcome, waiting(other)) == (plain.outcome, waiting(plain))


@given(st.permutations(range(7)), st.lists(st.integers(0, 12), min_size=7, max_size=7), st.integers(0, 40))
def test_the_order_within_a_rank_says_nothing(
    circuit: Circuit, order: list[int], days: list[int], today: int
) -> None:
    acts = [
        *opinions([("PAYE", Answer.FAVOURABLE, days[0]), ("PAYE", Answer.ABSTAINED, days[1])]),
        *opinions([("SYNDICAT", answer, day) for answer, day in zip(OPINIONS, days[2:5], strict=True)], "s"),
        act("RH", "rose", Answer.APPROVED, days[5]),
        act("RH", "rita", Answer.RETURNED, days[6]),
    ]
    one = after(circuit, *acts, days=today)
    other = after(circuit, *(acts[place] for place in order), days=today)
    assert (one.outcome, waiting(one)) == (other.outcome, waiting(other))
    assert [(it.opened, it.due, it.settled) for it in one.standings] == [
        (it.opened, it.due, it.settled) for it in other.standings
    ]


def test_of_two_noes_of_one_day_the_heavier_counts(circuit: Circuit) -> None:
    noes = (act("CHEF", "max", Answer.RETURNED, 2, "Non"), act("CHEF", "mia", Answer.REFUSED, 2, "Non"))
    assert {after(circuit, *VALIDATED, *order).outcome for order in (noes, noes[::-1])} == {Outcome.REFUSED}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("@visa X | x | r | avis | 1", 1, "écrivez d’abord"),
        ("@mouvement X | x", 1, "se disent par"),
        ("@circuit C | c | 5\n@visa X | x | r | validation | 1", 1, "n’est pas de ce cycle"),
        ("@circuit C | c | 1\n@visa X | x | r | avis | 1", 1, "Un avis ne décide pas"),
        ("@circuit C | c | 1\n@visa X | x | r | validation | 1 | | | | A1.L011.A", 1, "sans condition"),
        ("@circuit C | c | 1\n@visa X | x | r | bénédiction | 1", 2, "La nature d’un visa"),
        ("@circuit C | c | 1\n@visa X | x | r | avis | 1 | | | refuser", 2, "ne se dit pas d’un tel"),
        ("@circuit C | c | 1\n@visa X | x | r | validation | 0", 2, "Le rang"),
        ("@circuit C | c | 1\n@visa X | x | r | validation | 1 | 999", 2, "Le délai"),
        ("@circuit C | c | 1\n@visa X | x | r | validation | 1 | | x", 2, "Le quorum"),
        ("@circuit C | c | 1\n@visa X | x | r | validation | 1 | | | | Z9", 2, "La cellule Z9"),
        ("@circuit C | c | 1\n@visa X | x | r | validation | 1 | | | | E1.L011.V", 2, "s’y répète"),
        ("@circuit C | c | 1\n@visa X | x | | validation | 1", 2, "un rôle"),
        ("@circuit C | c | 1\n@visa x | x | r | validation | 1", 2, "40 capitales"),
        ("@circuit C C | c | 1\n@visa X | x | r | validation | 1", 1, "40 capitales"),
        ("@circuit C | c | 0\n@visa X | x | r | validation | 1", 1, "personne ne l’attendrait"),
        ("@circuit C | c | 1\n" + "".join(MANY), 1, "20 visas au plus"),
        (f"{TEXT}@circuit AUTRE | c | 1\n@visa X | x | r | validation | 1", 6, "a déjà un circuit"),
        (f"{TEXT}@circuit ADRESSE | c | 0\n@visa X | x | r | validation | 1", 6, "déjà défini"),
        (f"{TEXT}@visa RH | x | r | validation | 1", 6, "déjà défini"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line(tmp_path: Path, text: str, place: int, words: str) -> None:
    with pytest.raises(PackError) as caught:
        pack(tmp_path, text)
    assert caught.value.place is not None
    assert caught.value.place.file == "circuits.txt"
    assert caught.value.place.line == place
    assert words in caught.value.message


def test_a_move_waits_for_a_circuit_that_is_written(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        pack(tmp_path, "")
    assert caught.value.place == Place("cycle.txt", 5, 57)
    assert "n’a pas de circuit" in caught.value.message


def test_a_pack_without_circuits_keeps_its_seal(tmp_path: Path) -> None:
    without, with_ = pack(tmp_path / "a", "", STEPS), pack(tmp_path / "b", TEXT)
    assert "circuits" not in canonical(without)
    assert without.sha256 != with_.sha256


def test_a_visa_is_a_value() -> None:
    assert Visa("A", "a", "r", VisaNature.OPINION, 1) == Visa("A", "a", "r", VisaNature.OPINION, 1)

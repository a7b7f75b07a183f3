"""Bad input, at the door that everyone uses: the code, the whole French sentence, and nothing written."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from models import CellChange, Crossing, Dossier, TabDocument, Transmission
from tests.cases import read_case
from tests.gql.conftest import House
from tests.gql.journey import ADVANCE, LOAD, TRANSMIT, asked, case_xml, send
from tests.world import PASSWORD

PLAIN = case_xml(read_case("er-2024-plain"))
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><dossier>&c;</dossier>'
)
# Every non-breaking space is shown as `~`.
MALFORMED = "Ce fichier n’est pas un XML bien formé, à la ligne 1~: corrigez-le ou exportez-le de nouveau."
NAMESPACE = (
    "Ce fichier n’est pas un dossier Harmonia~: sa racine doit être «~dossier~», "
    "dans l’espace de noms «~urn:harmonia:dossier:1~»."
)
WRONG_PASSWORD = (
    "Le mot de passe saisi n’est pas le vôtre~: rien n’est signé ni transmis. Saisissez-le de nouveau."
)


def plain(text: str) -> str:
    """The sentence with `~` for every non-breaking space, which no eye tells from a plain one."""
    return text.replace("\u00a0", "~").replace("\u202f", "~")


async def untouched(house: House, step: int = 1, version: int = 0) -> bool:
    """Whether the dossier is as it was, with no trace of the attempt."""
    dossier = await Dossier.get(id=house.world.dossier)
    kept = [await model.all().count() for model in (CellChange, TabDocument, Crossing, Transmission)]
    return (dossier.step, dossier.version, kept) == (step, version, [0, 0, 0, 0])


def changed(cell: str, value: str) -> str:
    """The reference case with another value in a cell."""
    return case_xml(read_case("er-2024-plain"), {cell: value})


def with_first(tab: str, element: str) -> str:
    """The reference case with one more element at the start of a tab."""
    return PLAIN.replace(f'<onglet code="{tab}">', f'<onglet code="{tab}">{element}')


@pytest.mark.parametrize(
    ("xml", "code", "message"),
    [
        ("<dossier", "XML_MALFORMED", MALFORMED),
        (PLAIN.replace("</formulaire>", ""), "XML_MALFORMED", MALFORMED),
        ("pas du XML", "XML_MALFORMED", MALFORMED),
        (
            BOMB,
            "XML_FORBIDDEN",
            (
                "Ce fichier contient une déclaration DOCTYPE ou des entités, ce qui n’est pas "
                "admis~: exportez-le de nouveau depuis votre logiciel, sans cette partie."
            ),
        ),
        (
            "<a>" * 13 + "</a>" * 13,
            "XML_FORBIDDEN",
            (
                "Ce fichier contient des éléments imbriqués trop profondément, ce qui n’est pas "
                "admis~: exportez-le de nouveau depuis votre logiciel, sans cette partie."
            ),
        ),
        ("<dossier/>", "XML_NAMESPACE", NAMESPACE),
        (PLAIN.replace("urn:harmonia:dossier:1", "urn:harmonia:dossier:2"), "XML_NAMESPACE", NAMESPACE),
        (
            '<dossier xmlns="urn:harmonia:dossier:1"/>',
            "XML_INVALID",
            (
                "Ce fichier ne suit pas le format d’échange~: ligne 1, l’attribut «~format~» "
                "manque à «~dossier~»~; ligne 1, l’attribut «~type~» manque à «~dossier~»~; ligne"
                " 1, l’attribut «~exercice~» manque à «~dossier~»~; ligne 1, l’attribut «~pack~» "
                "manque à «~dossier~»~; ligne 1, «~dossier~» n’est pas à sa place ou ce qui suit "
                "y manque (attendu~: organisme). Corrigez-le ou exportez-le de nouveau."
            ),
        ),
        (
            case_xml(read_case("er-2024-plain"), siren="552100554"),
            "XML_OTHER_ORGANISM",
            (
                "Ce fichier est celui de l’organisme 552100554~: choisissez le fichier de "
                "l’organisme 732829320."
            ),
        ),
        (
            case_xml(read_case("er-2024-plain"), year=2023),
            "XML_OTHER_CAMPAIGN",
            ("Ce fichier porte sur le dossier ER 2023~: choisissez un fichier ER 2024."),
        ),
        (
            "<dossier>" + "x" * 5_200_000 + "</dossier>",
            "XML_TOO_LARGE",
            ("Ce fichier dépasse 5~Mo~: vérifiez que c’est bien le fichier XML d’un seul dossier."),
        ),
    ],
    ids=lambda value: value[:20],
)
async def test_a_file_that_cannot_be_believed_changes_nothing(
    fresh: House, xml: str, code: str, message: str
) -> None:
    response = await send(fresh, LOAD, await fresh.sign_in("saisie"), xml=xml)
    (error,) = response.json()["errors"]
    assert (error["extensions"]["code"], plain(error["message"])) == (code, message)
    assert response.json()["data"] is None
    assert await untouched(fresh)


@pytest.mark.parametrize(
    ("xml", "code", "cell", "message"),
    [
        (
            changed("A1.L011.B", "beaucoup"),
            "CELL_NOT_NUMBER",
            "A1.L011.B",
            "«~beaucoup~» n’est pas un nombre~: écrivez par exemple 1~234,56.",
        ),
        (
            changed("A1.L999.B", "1"),
            "CELL_UNKNOWN",
            "A1.L999.B",
            ("La cellule «~A1.L999.B~» n’existe pas dans ce formulaire~: vérifiez son code."),
        ),
        (
            changed("A1.L011.B", "9" * 20),
            "CELL_OUT_OF_RANGE",
            "A1.L011.B",
            ("«~99999999999999999999~» dépasse dix mille milliards~: vérifiez le nombre de chiffres."),
        ),
        (
            with_first("A1", '<c id="A1.L011.N" v="1" force="true"/>'),
            "CELL_COMPUTED",
            "A1.L011.N",
            ("La cellule A1.L011.N se calcule~: modifiez les cellules dont elle dépend."),
        ),
        (
            PLAIN.replace(
                "</partie>", '<onglet code="ZZ"><rang n="1"><x k="C10" v="5"/></rang></onglet></partie>'
            ),
            "CELL_UNKNOWN",
            "ZZ[0001].C10",
            ("La colonne «~ZZ.C10~» n’existe pas dans ce formulaire~: vérifiez son code."),
        ),
        (
            with_first("F01", '<rang n="999"><x k="C99" v="5"/></rang>'),
            "CELL_UNKNOWN",
            "F01[0999].C99",
            ("La colonne «~F01.C99~» n’existe pas dans ce formulaire~: vérifiez son code."),
        ),
        (
            with_first("F01", '<rang n="999"><x k="C10" v="peu"/></rang>'),
            "CELL_NOT_NUMBER",
            "F01[0999].C10",
            "«~peu~» n’est pas un nombre~: écrivez par exemple 1~234,56.",
        ),
    ],
)
async def test_one_bad_value_of_a_file_stops_all_of_it_with_its_line(
    fresh: House, xml: str, code: str, cell: str, message: str
) -> None:
    report = (await asked(fresh, LOAD, await fresh.sign_in("saisie"), xml=xml))["importXml"]
    assert (report["applied"], report["changed"], report["refused"]) == (False, 0, 1)
    (line,) = [line for line in report["lines"] if line["outcome"] == "REFUSED"]
    assert (line["line"], line["cell"], line["code"], plain(line["message"])) == (1, cell, code, message)
    assert await untouched(fresh)


async def test_a_computed_cell_in_the_file_is_told_and_ours_stands(fresh: House) -> None:
    wrong = with_first("A1", '<c id="A1.L019.N" v="1"/>')
    report = (await asked(fresh, LOAD, await fresh.sign_in("saisie"), xml=wrong))["importXml"]
    (line,) = [line for line in report["lines"] if line["cell"] == "A1.L019.N"]
    assert (report["applied"], line["outcome"], line["code"]) == (True, "IGNORED", "CELL_COMPUTED_DIFFERS")
    assert plain(line["message"]) == (
        "La cellule A1.L019.N est calculée~: le fichier dit «~1~», la formule donne "
        "3~121~449,04. La valeur du fichier n’est pas chargée."
    )
    kept = await TabDocument.get(dossier_id=fresh.world.dossier, tab="A1")
    assert kept.computed["L019.N"] == read_case("er-2024-plain")["expected"]["A1.L019.N"]


@pytest.mark.parametrize(
    ("login", "move", "code", "message"),
    [
        (
            "saisie",
            "validate_entry",
            "STEP_CONFLICT",
            (
                "Le dossier est à l’étape 1 «~Saisie~»~: ce passage n’est pas possible depuis "
                "cette étape. Rechargez le dossier."
            ),
        ),
        (
            "saisie",
            "leap",
            "MOVE_UNKNOWN",
            ("Le passage «~leap~» n’existe pas pour ce dossier~: choisissez un passage de la liste."),
        ),
        (
            "hierarchie",
            "submit_entry",
            "REFUSED",
            (
                "Vos droits sur le formulaire ER ne comprennent pas «~Saisie du dossier~» à "
                "l’étape 1 (saisie). Adressez-vous à l’administrateur de votre organisation, qui "
                "peut vous accorder ce droit."
            ),
        ),
        (
            "voisin",
            "submit_entry",
            "NOT_FOUND",
            (
                "Ce dossier n’existe pas ou ne vous est pas ouvert~: vérifiez le lien ou relancez"
                " une recherche."
            ),
        ),
    ],
)
async def test_a_step_is_neither_skipped_nor_crossed_by_another_than_its_own(
    fresh: House, login: str, move: str, code: str, message: str
) -> None:
    response = await send(fresh, ADVANCE, await fresh.sign_in(login), move=move, key="a")
    (error,) = response.json()["errors"]
    assert (error["extensions"]["code"], plain(error["message"])) == (code, message)
    assert await untouched(fresh)


async def test_of_two_sessions_that_cross_a_step_at_once_one_is_told_where_it_stands(fresh: House) -> None:
    await Dossier.filter(id=fresh.world.dossier).update(step=2)
    sessions = [await fresh.sign_in("comptable") for _ in range(2)]
    responses = await asyncio.gather(
        *(send(fresh, ADVANCE, by, move="validate_entry", key=f"k{n}") for n, by in enumerate(sessions))
    )
    bodies: list[dict[str, Any]] = [response.json() for response in responses]
    (crossed,) = [body for body in bodies if "errors" not in body]
    (refused,) = [body for body in bodies if "errors" in body]
    assert crossed["data"]["advanceDossier"]["step"] == "HIERARCHICAL_VALIDATION"
    (error,) = refused["errors"]
    assert (error["extensions"]["code"], plain(error["message"])) == (
        "STEP_CONFLICT",
        (
            "Le dossier est à l’étape 3 «~Validation hiérarchique~»~: ce passage n’est pas "
            "possible depuis cette étape. Rechargez le dossier."
        ),
    )
    assert await Crossing.all().count() == 1
    assert (await Dossier.get(id=fresh.world.dossier)).step == 3


@pytest.mark.parametrize(
    ("promise", "code", "message"),
    [
        ({"password": "pas le bon"}, "WRONG_PASSWORD", WRONG_PASSWORD),
        ({"password": ""}, "WRONG_PASSWORD", WRONG_PASSWORD),
        (
            {"commitments": [True, True, False]},
            "COMMITMENTS_MISSING",
            "Acceptez chacun des 3 engagements pour transmettre le dossier.",
        ),
    ],
)
async def test_a_transmission_without_its_proofs_changes_nothing(
    fresh: House, promise: dict[str, Any], code: str, message: str
) -> None:
    await Dossier.filter(id=fresh.world.dossier).update(step=3)
    given = {"commitments": [True] * 3, "password": PASSWORD, "key": "k", **promise}
    response = await send(fresh, TRANSMIT, await fresh.sign_in("hierarchie"), **given)
    (error,) = response.json()["errors"]
    assert (error["extensions"]["code"], plain(error["message"])) == (code, message)
    assert await untouched(fresh, step=3)

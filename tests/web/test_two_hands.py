"""Two administrators of the rules: what one proposes the other signs or refuses, at once or for a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.web.test_desk import EDITOR, add_a_rule, told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Locator

    from tests.web.desk import Desk

pytestmark = pytest.mark.browser

# More versions than a page holds.
WRITE_MANY = """async (count) => {
  const ask = async (query, variables) => (await (await fetch('/graphql', {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  })).json()).data
  let { policyDesk: { version: base } } = await ask('{ policyDesk(platform: "MIN") { version } }')
  const rule = 'partner:ANCOLS MIN ER all dossier:read 6 1900-01-01 9999-12-31 no * allow'.split(' ')
  for (let turn = 0; turn < count; turn += 1) {
    const add = [{ ptype: 'p', values: [...rule, `art. ${turn}`] }]
    const made = await ask(`mutation Write($add: [PolicyLineInput!]!, $base: Int!, $key: String!) {
      changePolicy(platform: "MIN", add: $add, close: [], baseVersion: $base, comment: "Une de plus",
        idempotencyKey: $key) { version } }`, { add, base, key: `many-${base}` })
    base = made.changePolicy.version
  }
}"""
SECOND, GIVEN, OWN = "ministere.second", "Abricot-24-Vert!", "Turbine-44-Lune!"


async def test_what_one_proposes_another_reads_and_signs_or_refuses_and_it_may_wait_for_its_day(
    desk: Desk, new_desk: Callable[[], Awaitable[Desk]]
) -> None:
    author, second = desk, await new_desk()
    await open_colleague(author)
    await author.page.goto(f"{author.site.url}/droits")
    await author.button("Demander une seconde signature").click()
    await author.button("Demander").click()
    await expect(told(author)).to_contain_text("attendra désormais une seconde signature")
    await propose(author, "étape 5", "Ouverture à l’étape 5")
    await who_came_since_refuses(author, second)
    for step in ("étape 5", "étape 6"):
        await propose(author, step, f"De nouveau, {step}")
    await sign_one_of_two(author, second)
    await sign_for_a_day(author, second)
    await no_longer(author, second)
    await shut_oneself_out(author)
    await read_far_back(author)


async def open_colleague(desk: Desk) -> None:
    """Whoever opens an account knows its password: nobody signs by it before its owner changed it."""
    await desk.page.goto(f"{desk.site.url}/parametrage")
    await desk.sign_in(EDITOR)
    await desk.button("Ajouter un utilisateur").click()
    for label, text in (
        ("Nom", "Second"),
        ("Prénom", "Anne"),
        ("Adresse électronique", f"{SECOND}@exemple.fr"),
        ("Téléphone", "01 99 00 12 34"),
        ("Identifiant de connexion", SECOND),
        ("Mot de passe", GIVEN),
        ("Mot de passe, une seconde fois", GIVEN),
    ):
        await desk.page.get_by_label(label, exact=True).fill(text)
    await desk.page.get_by_label("Profil par défaut").select_option(label="Administrateur de la plateforme")
    await desk.button("Créer l’utilisateur").click()
    await expect(desk.page.get_by_role("row", name="Anne Second")).to_be_visible()


async def propose(desk: Desk, step: str, motive: str, day: str = "") -> None:
    await desk.page.get_by_role("link", name="Règles").click()
    await add_a_rule(desk, step, audited=False)
    await desk.button("Enregistrer…").click()
    await desk.dialog().get_by_label("Motif").fill(motive)
    await desk.dialog().get_by_label("Date d’effet").fill(day)
    await desk.button("Proposer à la signature").click()
    await expect(told(desk)).to_contain_text("attend la signature d’un autre administrateur")


def card(desk: Desk, motive: str) -> Locator:
    return desk.page.get_by_role("listitem").filter(has=desk.page.get_by_role("heading", name=motive))


async def overview(desk: Desk) -> None:
    """As it is now: another has acted meanwhile."""
    await desk.page.goto(f"{desk.site.url}/droits")


async def who_came_since_refuses(author: Desk, second: Desk) -> None:
    """The author cannot sign his own; who has come since is told before he presses, and may say no."""
    await overview(author)
    mine = card(author, "Ouverture à l’étape 5")
    await expect(mine).to_contain_text("signée par un autre administrateur que son auteur")
    await expect(mine.get_by_role("button", name=re.compile("^(Signer|Refuser)"))).to_have_count(0)
    await second.page.goto(f"{second.site.url}/droits")
    await second.sign_in(SECOND, GIVEN)
    theirs = card(second, "Ouverture à l’étape 5")
    await expect(theirs).to_contain_text("son auteur a choisi votre mot de passe")
    await expect(theirs.get_by_role("button", name=re.compile("^Signer"))).to_have_count(0)
    await second.audit()
    await theirs.get_by_role("button", name=re.compile("^Refuser")).click()
    await second.dialog().get_by_label("Motif du refus").fill("Pas avant l’avis du comité.")
    await second.button("Refuser").click()
    await expect(told(second)).to_contain_text("La proposition est refusée")
    await overview(author)
    await expect(mine).to_contain_text("Pas avant l’avis du comité.")
    await expect(mine).to_contain_text("refusée par Anne Second")
    await second.page.get_by_role("button", name=re.compile("mon compte")).click()
    await second.audit()
    await second.button("Changer mon mot de passe").click()
    for label, text in (
        ("Mot de passe actuel", GIVEN),
        ("Mot de passe", OWN),
        ("Mot de passe, une seconde fois", OWN),
    ):
        await second.dialog().get_by_label(label, exact=True).fill(text)
    await second.button("Changer le mot de passe").click()
    await expect(second.dialog()).to_contain_text("Votre nouveau mot de passe est en vigueur")


async def sign_one_of_two(author: Desk, second: Desk) -> None:
    """Signed, it is in force; the other, on the same rules, says that they have moved, and is taken back."""
    await overview(second)
    first, other = (card(second, f"De nouveau, {step}") for step in ("étape 5", "étape 6"))
    await first.get_by_role("button", name="Mesurer l’effet aujourd’hui").click()
    await expect(first.locator(".desk-impact-sentence")).to_contain_text("dossiers ER")
    await first.get_by_role("button", name=re.compile("^Signer et appliquer")).press("Enter")
    await expect(told(second)).to_contain_text("Signé\u00a0: les règles sont en version")
    await expect(told(second)).to_be_focused()
    await expect(other).to_contain_text("Son auteur doit la refaire sur les règles d’aujourd’hui")
    await expect(other.get_by_role("button", name=re.compile("^Signer"))).to_have_count(0)
    await second.audit()
    await overview(author)
    await expect(card(author, "De nouveau, étape 5")).to_contain_text("signée par Anne Second")
    await card(author, "De nouveau, étape 6").get_by_role("button", name=re.compile("^Retirer")).click()
    await author.button("Retirer").click()
    await expect(told(author)).to_contain_text("La proposition est retirée")


async def sign_for_a_day(author: Desk, second: Desk) -> None:
    """Signed, it waits for its day; its author may still take it back."""
    await propose(author, "étape 6", "Au premier janvier", "2030-01-01")
    await overview(second)
    waiting = card(second, "Au premier janvier")
    await expect(waiting).to_contain_text("effet le 01/01/2030")
    await waiting.get_by_role("button", name=re.compile("^Signer")).click()
    await expect(told(second)).to_contain_text("s’appliquera le 01/01/2030")
    await expect(waiting).to_contain_text("programmée")
    await overview(author)
    await card(author, "Au premier janvier").get_by_role("button", name=re.compile("^Retirer")).click()
    await author.button("Retirer").click()
    await expect(card(author, "Au premier janvier")).to_contain_text("retirée")


async def no_longer(author: Desk, second: Desk) -> None:
    """One alone does not end it."""
    await second.button("Ne plus demander de seconde signature").click()
    await second.button("Proposer").click()
    await expect(told(second)).to_contain_text("un autre administrateur doit signer")
    await overview(author)
    ending = card(author, "Ne plus demander une seconde signature")
    await ending.get_by_role("button", name=re.compile("^Signer et appliquer")).click()
    await expect(author.button("Demander une seconde signature")).to_be_visible()


async def shut_oneself_out(desk: Desk) -> None:
    """Told before it is kept, and not to be kept; so is what going back to a version does."""
    await desk.page.get_by_role("link", name="Profils").click()
    await desk.page.get_by_label("Profil", exact=True).select_option(label="Administrateur de la plateforme")
    box = desk.page.get_by_role("checkbox", name=re.compile("^Conventions et règles de droits, étape 4"))
    await box.press("Space")
    await desk.button("Enregistrer…").click()
    await expect(desk.dialog().get_by_role("alert")).to_contain_text(
        "retirerait votre propre droit de modifier"
    )
    await expect(desk.dialog().get_by_role("button", name="Enregistrer")).to_be_disabled()
    await desk.audit()
    await desk.button("Annuler").click()
    await desk.button("Annuler ces changements").click()
    await desk.page.get_by_role("link", name="Historique").click()
    first = desk.page.get_by_role("row", name="Jeu de démonstration")
    await first.get_by_role("button", name=re.compile("^Revenir")).click()
    # The colleague's account is not the desk's to take back.
    await expect(desk.dialog().locator(".desk-impact-sentence")).to_be_visible()
    await expect(desk.dialog().get_by_role("deletion").filter(has_text="Anne")).to_have_count(0)
    await expect(desk.dialog().get_by_role("deletion").filter(has_text="Protocole, étape 5")).to_have_count(1)
    await desk.button("Annuler").click()


async def read_far_back(desk: Desk) -> None:
    """Page after page, down to the first version, by the keyboard."""
    await desk.page.evaluate(WRITE_MANY, 19)
    await desk.page.reload()
    tables = desk.page.get_by_role("region", name="Versions des règles")
    await expect(tables.get_by_role("row")).to_have_count(21)
    older = desk.button("Versions plus anciennes")
    await older.press("Enter")
    await expect(tables.nth(1)).to_be_focused()
    # What the other tests wrote on this site makes more of them.
    while await older.count():
        await older.press("Enter")
        await expect(tables.last).to_be_focused()
    await expect(tables.last.get_by_role("row", name="Jeu de démonstration")).to_be_visible()
    await desk.audit()
    await desk.page.get_by_label("De la version").select_option("1")
    await desk.button("Comparer").click()
    compared = desk.page.get_by_role("heading", name=re.compile("^De la version 1 à la version"))
    await expect(compared).to_be_focused()

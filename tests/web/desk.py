"""One person at a browser: what he does, and what is held of every screen that he meets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.async_api import expect

from gql.settings import ROOT
from tests.web.site import Site

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

AXE = ROOT / "web-client" / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """async () => (await axe.run()).violations.map((violation) => ({
  rule: violation.id, help: violation.help, nodes: violation.nodes.map((node) => node.html.slice(0, 200)),
}))"""
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""
# A file of sixty-five tabs is drawn meanwhile, on a machine that runs other tests.
PATIENCE = 30_000


@dataclass
class Desk:
    """A page on the product. `faults` are its scripts' errors and what its security policy refused."""

    page: Page
    site: Site
    faults: list[str] = field(default_factory=list)

    async def sign_in(self, login: str, password: str | None = None) -> None:
        """Fill in the login page, wherever it appeared."""
        await self.page.get_by_label("Identifiant").fill(login)
        secret = self.site.passwords[login] if password is None else password
        await self.page.get_by_label("Mot de passe", exact=True).fill(secret)
        await self.button("Connexion").click()

    async def sign_out(self) -> None:
        await self.button("Déconnexion").click()
        await expect(self.heading("Connexion")).to_be_visible()

    async def audit(self) -> None:
        """Nothing on this screen that axe finds hard for anyone to use, and no fault so far."""
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = await self.page.evaluate(RUN_AXE)
        assert violations == [], json.dumps(violations, ensure_ascii=False, indent=1)
        assert self.faults == []

    async def find(self, sought: str, year: str = "2024") -> None:
        """Search from the home page, and wait for the answer."""
        await self.page.goto(f"{self.site.url}/?annee={year}")
        await self.page.get_by_label("Organisme", exact=True).fill(sought)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_url(f"**q={sought}**")

    async def open_dossier(self, siren: str) -> None:
        """Find the organism's dossier and open it."""
        await expect(self.heading("Rechercher un dossier")).to_be_visible()
        await self.find(siren)
        # Who reads many still has the list of before under his eyes.
        found = self.page.get_by_role("link", name="ER 2024 de")
        await expect(found).to_have_count(1)
        await found.click()
        await expect(self.heading("Bilan – Actif immobilisé")).to_be_visible()

    async def type_in(self, cell: str, text: str) -> None:
        """Click on a cell, type, Enter; then wait until the server keeps it."""
        await self.cell(cell).click()
        await self.page.keyboard.type(text)
        await self.page.keyboard.press("Enter")
        await expect(self.cell(cell)).to_have_class(re.compile("is-saved"))

    async def paste(self, text: str) -> None:
        """Paste into the active cell, as from a spreadsheet."""
        await self.page.evaluate(PASTE, text)

    async def verify(self) -> None:
        await self.button("Vérifier").click()
        await expect(self.page.locator(".anomaly-counts [aria-busy]")).to_have_count(0)

    def cell(self, name: str) -> Locator:
        return self.page.locator(f'[data-cell="{name}"]')

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def count(self, severity: str) -> Locator:
        """The foot's button for `blocking`, `major` or `minor` anomalies."""
        return self.page.locator(f".anomaly-count.severity-{severity}")

    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def step(self) -> Locator:
        """The current step of the dossier."""
        return self.page.locator(".step-current")

    def history(self) -> Locator:
        """The drawing of the dossier's life, which opens its history."""
        return self.page.get_by_role("button", name="Historique du dossier, étape")

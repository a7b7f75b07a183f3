"""From a sealed copy to the HTML of its receipt, one page: pure, the same copy gives the same page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from models import CopyKind
from rendering.pages.environment import environment
from rendering.pages.words import CATEGORIES, NB, day_and_hour, siren
from resolvers.copy_rows import copy_file

if TYPE_CHECKING:
    from rendering.pades_key import SealIdentity
    from resolvers.copy_rows import SealTask

# The word in its file's name.
RECEIPT: Final = "accuse"
TITLES: Final = {
    CopyKind.TRANSMITTED: "Accusé de réception",
    CopyKind.CLOSED: "Attestation de fermeture",
}
SENTENCES: Final = {
    CopyKind.TRANSMITTED: "La plateforme accuse réception du dossier ci-dessous, transmis par l’organisme.",
    CopyKind.CLOSED: "La plateforme atteste que le dossier ci-dessous, vérifié avec l’organisme, est fermé.",
}


def receipt_html(task: SealTask, seal: str, identity: SealIdentity) -> str:
    """The whole HTML document to print, then signed by `identity`: nothing in it is fetched from anywhere."""
    dossier, frozen = task.content.dossier, task.frozen
    organism = dossier.organism
    template = environment().get_template("receipt.html.jinja")
    return template.render(
        title=TITLES[task.kind],
        sentence=SENTENCES[task.kind],
        platform=dossier.platform_name,
        organism=organism.name,
        siren=siren(organism.siren),
        category=CATEGORIES.get(organism.category, organism.category),
        form=task.content.pack.form_label,
        year=dossier.year,
        step=f"{int(dossier.step)}{NB}– {task.content.pack.cycle.label(dossier.step)}",
        acts=_acts(task),
        data_hash=_blocks(frozen["data_hash"]),
        seal=_blocks(seal),
        previous=_blocks(task.previous),
        pack=frozen["pack"]["key"],
        pack_seal=_blocks(frozen["pack"]["seal"]),
        policy=frozen["policy_version"],
        pieces=len(frozen["attachments"]),
        anomalies=len(frozen["anomalies"]),
        number=task.number,
        file=copy_file(dossier.year, organism.siren, task.kind),
        signer=identity.subject,
        certificate=_blocks(identity.sha256),
    )


def _acts(task: SealTask) -> list[tuple[str, str, str]]:
    """Who did what, and when: the transmission, then the closure."""
    sent, author = task.frozen["transmission"], task.frozen["author"]
    acts = []
    if task.kind is CopyKind.TRANSMITTED:
        acts.append(("Transmis", f"{author['name']}, {author['organization']}", day_and_hour(task.at)))
    elif sent is not None:
        when = day_and_hour(datetime.fromisoformat(sent["at"]))
        acts.append(("Transmis", f"{sent['author']}, {task.content.dossier.organism.name}", when))
    if task.kind is CopyKind.CLOSED:
        acts.append(("Fermé", f"{author['name']}, {author['organization']}", day_and_hour(task.at)))
    return acts


def _blocks(digest: str) -> str:
    """A hash in blocks of eight, that one can read out and compare."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))

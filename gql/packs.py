"""The pack desk's questions and acts."""

from __future__ import annotations

import asyncio
import base64
import binascii
from typing import Annotated
from uuid import UUID

import strawberry

from authz import Right
from gql.arguments import First, identifier
from gql.context import Ask
from gql.fields import Requires, SignedIn, mutation, resolved
from gql.types.packs import PackDraft, PackSummary
from models import Invalid
from rendering import pack_sheet
from resolvers import pack_drafts, pack_publishing, packs
from resolvers.pack_drafts import Upload

DraftId = Annotated[strawberry.ID, strawberry.argument(description="Identifiant du brouillon.")]


@strawberry.input(description="Fichier d’une définition de formulaire.")
class PackFileInput:
    """One text."""

    name: str = strawberry.field(description="Nom, par exemple `part-01.txt` ou `tests/cas.json`.")
    text: str = strawberry.field(description="Contenu.")


@strawberry.input(description="Définition de formulaire à déposer, en fichiers ou en classeur.")
class PackUpload:
    """What is sent in."""

    form: str = strawberry.field(description="Type de formulaire, par exemple `ER`.")
    year: int = strawberry.field(description="Année des comptes.")
    files: list[PackFileInput] | None = strawberry.field(
        default=None, description="Fichiers, tous ceux du formulaire."
    )
    sheet: str | None = strawberry.field(
        default=None, description="Ou classeur XLSX de mêmes colonnes, en base 64, 5 Mo au plus."
    )
    base: int | None = strawberry.field(
        default=None,
        description="Révision dont l’auteur est parti\u202f; nul pour celle que nomme l’en-tête.",
    )
    note: str = strawberry.field(default="", description="Commentaire, 500 caractères au plus.")
    platform: str | None = strawberry.field(
        default=None, description="Plateforme, si l’appelant peut le modifier pour plusieurs."
    )
    replaces: strawberry.ID | None = strawberry.field(
        default=None, description="Brouillon que celui-ci remplace."
    )

    async def read(self) -> Upload:
        """The same, as the resolver takes it. Raises Invalid PACK_UPLOAD_AMBIGUOUS and the sheet's faults."""
        if (self.files is None) == (self.sheet is None):
            raise Invalid(
                "PACK_UPLOAD_AMBIGUOUS",
                "Envoyez les fichiers du formulaire ou son classeur, l’un des deux.",
                path=("upload",),
            )
        files = tuple((one.name, one.text) for one in self.files or ())
        if self.sheet is not None:
            files = await asyncio.to_thread(pack_sheet.read_sheet, _decoded(self.sheet))
        return Upload(
            form=self.form,
            year=self.year,
            files=files,
            base=self.base,
            note=self.note,
            platform=self.platform,
            replaces=None if self.replaces is None else draft_id(self.replaces),
            keeps_tests=self.sheet is not None,
        )


def _decoded(sheet: str) -> bytes:
    if len(sheet) > pack_sheet.MOST_BYTES * 4 // 3 + 4:
        raise pack_sheet.too_large()
    try:
        return base64.b64decode(sheet, validate=True)
    except (ValueError, binascii.Error) as error:
        raise Invalid(
            "BASE64_INVALID",
            "Le classeur n’est pas transmis en base 64\u00a0: renvoyez-le.",
            path=("upload", "sheet"),
        ) from error


def draft_id(text: str) -> UUID:
    """A draft's identifier; one that cannot exist is told like one that does not."""
    return identifier(text, pack_drafts.not_found())


@strawberry.type
class PackQuery:
    """What one can ask of the pack desk."""

    @resolved(
        "Révisions publiées de tous les formulaires, par formulaire, année et révision.", SignedIn(), size=50
    )
    async def packs(self, info: Ask) -> list[PackSummary]:
        """The published revisions."""
        return [PackSummary(row=row) for row in await packs.list_published(info.context.asker)]

    @resolved(
        "Brouillons des formulaires que l’appelant peut modifier, du plus récent au plus ancien.",
        Requires(Right.PACK_EDIT),
    )
    async def pack_drafts(self, info: Ask, first: First = 20) -> list[PackDraft]:
        """The drafts."""
        return [PackDraft(row=row) for row in await pack_drafts.list_drafts(info.context.asker, first)]

    @resolved(
        "Un brouillon, ou une révision publiée par l’exploitant du formulaire.", Requires(Right.PACK_EDIT)
    )
    async def pack_draft(self, info: Ask, id: DraftId) -> PackDraft:
        """One draft."""
        return PackDraft(row=await pack_drafts.read(info.context.asker, draft_id(id)))


@strawberry.type
class PackMutation:
    """What one can do at the pack desk."""

    @mutation(
        "Dépose le brouillon d’une révision. S’il ne se lit pas, il est gardé avec son défaut.",
        Requires(Right.PACK_EDIT),
        alone=True,
    )
    async def upload_pack(
        self,
        info: Ask,
        upload: Annotated[PackUpload, strawberry.argument(description="Ce qui est déposé.")],
    ) -> PackDraft:
        """Send a draft in."""
        asker = info.context.asker
        # Whoever may not change the form has no workbook opened; the upload asks again.
        await pack_drafts.platform_for(asker, upload.form, upload.platform)
        return PackDraft(row=await pack_drafts.upload(asker, await upload.read()))

    @mutation(
        "Publie un brouillon\u00a0: les dossiers ouverts ensuite le suivent, les autres ne changent pas.",
        Requires(Right.PACK_EDIT),
        alone=True,
    )
    async def publish_pack(self, info: Ask, draft: DraftId) -> PackDraft:
        """Publish a draft."""
        return PackDraft(row=await pack_publishing.publish(info.context.asker, draft_id(draft)))

    @mutation("Supprime un brouillon.", Requires(Right.PACK_EDIT))
    async def discard_pack_draft(self, info: Ask, draft: DraftId) -> bool:
        """Give up a draft."""
        await pack_drafts.discard(info.context.asker, draft_id(draft))
        return True

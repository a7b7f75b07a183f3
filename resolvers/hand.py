"""Who holds the pen of a dossier at step 4: its platform, or the organism to which it was handed back.

One rule for every writer. It stands above the boxes: both sides have a right to write in review, and only
one of them at a time may use his (manual §2.1.3; docs/decisions/0011).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from authz import Right, decide, require, rights_on
from forms import Step
from models import Conflict, Refused

if TYPE_CHECKING:
    from authz import Viewer
    from resolvers.rows import DossierRow


def writing_right(viewer: Viewer, dossier: DossierRow) -> Right:
    """The right by which the viewer would write where the dossier stands: an organism corrects in review."""
    own = viewer.organization == f"organism:{dossier.organism.siren}"
    return Right.CORRECT if own and dossier.step is Step.REVIEW else Right.WRITE


def has_hand(viewer: Viewer, dossier: DossierRow) -> bool:
    """Whether the viewer's side holds the pen; outside of review it is whose step it is."""
    if dossier.step is not Step.REVIEW:
        return True
    return (writing_right(viewer, dossier) is Right.CORRECT) == (dossier.handed_back_at is not None)


def may_write(viewer: Viewer, dossier: DossierRow) -> bool:
    """Whether the viewer may write cells now."""
    right = writing_right(viewer, dossier)
    return has_hand(viewer, dossier) and decide(viewer, right, dossier.target).allowed


def require_writing(viewer: Viewer, dossier: DossierRow) -> None:
    """Nothing, or Refused: REFUSED where he has no right to, HAND_ELSEWHERE while the other side writes."""
    require(viewer, writing_right(viewer, dossier), dossier.target)
    if has_hand(viewer, dossier):
        return
    if dossier.handed_back_at is None:
        raise Refused(
            "HAND_ELSEWHERE",
            "La plateforme vérifie ce dossier\u00a0: vous le corrigerez quand elle vous le remettra. "
            "D’ici là, répondez dans l’espace d’échange.",
        )
    raise Refused(
        "HAND_ELSEWHERE",
        "Ce dossier est remis à l’organisme, qui le corrige\u00a0: reprenez-le avant d’y écrire.",
    )


def handed_back() -> Conflict:
    """The organism corrects it: nothing moves, and it is not handed back twice, before it is taken back."""
    return Conflict(
        "HANDED_BACK",
        "Ce dossier est remis à l’organisme, qui le corrige : reprenez-le avant de continuer.",
    )


def rights_now(viewer: Viewer, dossier: DossierRow) -> frozenset[Right]:
    """What the viewer may do now, as screens ask it: WRITE where he may write, by whichever right."""
    held = rights_on(viewer, dossier.target) - {Right.WRITE, Right.CORRECT}
    return held | {Right.WRITE} if may_write(viewer, dossier) else held

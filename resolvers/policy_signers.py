"""That two people sign, not one twice: whoever signs was there before, and alone knows his password."""

from __future__ import annotations

from authz import Viewer
from authz.past_editors import edited_in
from models import Refused, User
from resolvers.policy_proposals import ProposalRow


async def require_independent(viewer: Viewer, row: ProposalRow) -> None:
    """Nothing when the signer owes his account, his right and his password to nobody's wish to be signed for.

    Who edits the rules often manages accounts too: he could open one, or take a colleague's, and sign there.
    A password set since the proposal counts whoever typed it: its author, knowing it, may have changed it
    again as its owner. Raises Refused POLICY_SIGNER_TOO_NEW.
    """
    user = await User.get(id=viewer.user_id)
    old = user.created_at < row.at and await edited_in(
        row.proposal.base, viewer.subject, row.proposal.platform
    )
    since = user.password_set_at is not None and user.password_set_at > row.at
    if not old or since or user.password_set_by_id == row.author_id:
        raise Refused(
            "POLICY_SIGNER_TOO_NEW",
            "Votre compte, votre droit de modifier les règles ou votre mot de passe date d’après cette "
            "proposition, ou son auteur a choisi votre mot de passe\u00a0: faites signer un autre "
            "administrateur, ou changez de mot de passe et demandez à l’auteur de la proposer de nouveau.",
        )

"""Who may read personal data: the organism itself and the platform that collects, never a partner.

No line of policy widens it: a convention gives a partner the dossier, not the names of people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from authz.decision import Target
    from authz.viewer import Viewer


def reads_personal_data(viewer: Viewer, target: Target) -> bool:
    """Whether the viewer, who may read the dossier, may also read its tabs of personal data."""
    return viewer.organization in {target.organism, f"operator:{target.platform}"}

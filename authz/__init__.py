"""Who may: the decision on one thing, the scope of a list, the edition of the policy. The room's door.

Casbin is the truth (`casbin_model.conf`): three layers, an enforce() each, joined by AND. It is too slow
for a list, so what it has loaded is compiled, and proven equal by a property test:

    store → facts → validation → enforcement (Casbin) → rules → table (one viewer) → decide, scope

What is not understood exactly is refused whole: an unknown model, line or name, a version unconfirmed.
"""

from authz.authority import Authority
from authz.deciding import decide, first_held, holders, holders_of_any, readable_tabs, require, rights_on
from authz.decision import Allowed, Decision, Refused, Target
from authz.defaults import standing_lines
from authz.editing import apply_edits, try_edits
from authz.lines import Effect, Line, box_line, ceiling_line, convention_line, profile_line
from authz.listening import watching
from authz.on_form import decide_on_form, platforms_of, require_on_form
from authz.on_platform import decide_on_platform, require_on_platform
from authz.personal import reads_personal_data
from authz.profiles import PROFILES, Profile, profile_lines
from authz.rights import Layer, Right
from authz.scope import Scope, scope
from authz.shadow import shadowed
from authz.standing import ensure_standing_lines
from authz.store import read_version
from authz.touched import Touched, consent_name
from authz.viewer import Viewer, viewer_of_client, viewer_of_user, viewers_of_users
from authz.words import RIGHT_NAMES
from authz.writing import add_rows, bump, close_rows, edit_rows

__all__ = [
    "PROFILES",
    "RIGHT_NAMES",
    "Allowed",
    "Authority",
    "Decision",
    "Effect",
    "Layer",
    "Line",
    "Profile",
    "Refused",
    "Right",
    "Scope",
    "Target",
    "Touched",
    "Viewer",
    "add_rows",
    "apply_edits",
    "box_line",
    "bump",
    "ceiling_line",
    "close_rows",
    "consent_name",
    "convention_line",
    "decide",
    "decide_on_form",
    "decide_on_platform",
    "edit_rows",
    "ensure_standing_lines",
    "first_held",
    "holders",
    "holders_of_any",
    "platforms_of",
    "profile_line",
    "profile_lines",
    "read_version",
    "readable_tabs",
    "reads_personal_data",
    "require",
    "require_on_form",
    "require_on_platform",
    "rights_on",
    "scope",
    "shadowed",
    "standing_lines",
    "try_edits",
    "viewer_of_client",
    "viewer_of_user",
    "viewers_of_users",
    "watching",
]

"""Checking sealed copies, or one PDF of theirs, from the files alone: no server, database nor settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

import orjson
from lxml import etree

from models.zips import UNREADABLE
from rendering.copy_files import FORMAT, MANIFEST, MEMBERS, OPTIONAL, PDF, SEAL, VALUES, XML, sha256
from rendering.copy_signature import START, alone, of_member
from rendering.copy_values import differences, said_by_json, said_by_xml

if TYPE_CHECKING:
    from collections.abc import Collection

# A copy of the largest form is a tenth of it: beyond, it is none of ours, or a bomb.
MOST_BYTES: Final = 300_000_000
MOST_NAMED: Final = 5


@dataclass(slots=True)
class Checked:
    """What a file turned out to be. `faults`: one French sentence each; none where nothing was touched.

    `signature`: what is said of that of its PDF; `manifest` is empty for a PDF alone.
    """

    name: str
    manifest: dict[str, Any] = field(default_factory=dict)
    seal: str = ""
    signature: str = ""
    faults: list[str] = field(default_factory=list)
    readable: bool = True


def check(name: str, content: bytes, believed: Collection[str] = ()) -> Checked:
    """Look through one copy, or one PDF; `readable` is false where it is neither.

    `believed`: fingerprints of certificates, of which one must have signed what is signed; none for any.
    """
    found = Checked(name)
    if content.startswith(START):
        found.signature, fault = alone(name, content, believed)
        found.faults += [fault] if fault else []
        return found
    try:
        with ZipFile(BytesIO(content)) as archive:
            members = _members(archive, found)
    except (*UNREADABLE, OSError):
        return _unreadable(found, "ce n’est pas une archive ZIP lisible")
    if MANIFEST not in members and MANIFEST not in _faulty(found):
        return _unreadable(
            found, f"l’archive n’a pas de «\u00a0{MANIFEST}\u00a0»\u00a0: ce n’est pas une copie scellée"
        )
    _check_manifest(found, members)
    _check_values(found, members)
    if PDF in members:
        named = found.manifest.get("certificat")
        known = named if isinstance(named, dict) else None
        found.signature, fault = of_member(PDF, members[PDF], known, believed)
        found.faults += [fault] if fault else []
    return found


def _unreadable(found: Checked, why: str) -> Checked:
    found.readable = False
    found.faults.append(f"{why[0].upper()}{why[1:]}.")
    return found


def _faulty(found: Checked) -> str:
    return " ".join(found.faults)


def _members(archive: ZipFile, found: Checked) -> dict[str, bytes]:
    """The content of each member that can be read whole; the others are faults."""
    listed = archive.infolist()
    names = [member.filename for member in listed]
    if sum(member.file_size for member in listed) > MOST_BYTES:
        message = "too large"
        raise ValueError(message)
    known = {*MEMBERS, *OPTIONAL, MANIFEST, SEAL}
    for name in sorted({name for name in names if name not in known or names.count(name) > 1}):
        found.faults.append(f"L’archive contient un fichier de trop\u00a0: «\u00a0{name}\u00a0».")
    members = {}
    for member in listed:
        try:
            members[member.filename] = archive.read(member)
        except (*UNREADABLE, OSError):
            found.faults.append(f"Le fichier «\u00a0{member.filename}\u00a0» est abîmé et ne se lit plus.")
    return members


def _check_manifest(found: Checked, members: dict[str, bytes]) -> None:
    made = members.get(MANIFEST, b"")
    found.seal = sha256(made)
    if made and members.get(SEAL, b"").decode("ascii", "replace") != f"{found.seal}\n":
        found.faults.append(
            f"Le sceau gardé dans «\u00a0{SEAL}\u00a0» n’est pas celui de «\u00a0{MANIFEST}\u00a0»\u00a0:"
            " l’un des deux a été modifié."
        )
    named = _named(found, made)
    if found.manifest and not _numbered(found):
        found.faults.append(f"«\u00a0{MANIFEST}\u00a0» ne donne pas le rang de la copie en chiffres.")
    for name in (*MEMBERS, *(name for name in OPTIONAL if name in named or name in members)):
        said = named.get(name)
        if name not in members:
            if name not in _faulty(found):
                found.faults.append(f"Le fichier «\u00a0{name}\u00a0» manque.")
        elif not isinstance(said, dict):
            found.faults.append(f"Le manifeste ne nomme pas «\u00a0{name}\u00a0».")
        elif said.get("sha256") != sha256(members[name]) or said.get("taille") != len(members[name]):
            found.faults.append(f"Le fichier «\u00a0{name}\u00a0» n’est pas celui qui a été scellé.")


def _named(found: Checked, made: bytes) -> dict[str, Any]:
    """The files that the manifest names."""
    try:
        manifest = orjson.loads(made)
        if manifest["format"] == FORMAT and isinstance(manifest["fichiers"], dict):
            found.manifest = manifest
            return dict(manifest["fichiers"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        pass
    found.faults.append(f"«\u00a0{MANIFEST}\u00a0» n’est pas un manifeste de copie scellée ({FORMAT}).")
    return {}


def _check_values(found: Checked, members: dict[str, bytes]) -> None:
    """Whether the values say the same in both forms: whoever reads one may trust the other."""
    if XML not in members or VALUES not in members:
        return
    try:
        apart = differences(said_by_json(orjson.loads(members[VALUES])), said_by_xml(members[XML]))
    except (orjson.JSONDecodeError, etree.XMLSyntaxError, KeyError, TypeError, AttributeError):
        found.faults.append(
            f"Les valeurs de «\u00a0{XML}\u00a0» et de «\u00a0{VALUES}\u00a0» ne se comparent pas."
        )
        return
    if apart:
        more = f" et {len(apart) - MOST_NAMED} autres" if len(apart) > MOST_NAMED else ""
        found.faults.append(
            f"«\u00a0{XML}\u00a0» et «\u00a0{VALUES}\u00a0» ne disent pas les mêmes valeurs\u00a0:"
            f" {', '.join(apart[:MOST_NAMED])}{more}."
        )


def check_chain(copies: list[Checked]) -> list[str]:
    """What is broken between copies given in the order of their numbers."""
    faults = []
    for before, after in pairwise(copies):
        first, second = before.manifest, after.manifest
        if not first or not second or not (_numbered(before) and _numbered(after)):
            continue
        if first.get("dossier") != second.get("dossier"):
            faults.append(f"{after.name} n’est pas du même dossier que {before.name}.")
        elif second["numero"] != first["numero"] + 1:
            faults.append(
                f"{after.name} est la copie n°\u00a0{second['numero']}, elle ne suit pas la copie"
                f" n°\u00a0{first['numero']} ({before.name})."
            )
        elif second.get("sceauPrecedent") != before.seal:
            faults.append(f"{after.name} ne porte pas le sceau de {before.name}\u00a0: la chaîne est rompue.")
    return faults


def _numbered(copy: Checked) -> bool:
    number = copy.manifest.get("numero")
    return isinstance(number, int) and not isinstance(number, bool)

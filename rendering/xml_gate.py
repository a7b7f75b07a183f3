"""What an XML file must be before anything of it is believed: small, flat, well formed, without DTD."""

from __future__ import annotations

from typing import Final

from lxml import etree

from models import Invalid

MOST_BYTES: Final = 5_000_000
# The format goes six deep.
MOST_DEPTH: Final = 12
# A large body is 21 000 values, of five attributes at most.
MOST_NODES: Final = 200_000
# The format goes to nine.
MOST_ATTRIBUTES: Final = 32


class _Stop(Exception):  # noqa: N818 - not an error: what the reader met, on its way to a Problem
    """Reading stops here, before what follows is parsed."""


class _TooMany(Exception):  # noqa: N818 - as _Stop
    """So does it here: there is more than one dossier can hold."""


class _Gate:
    """Watches the elements go by, and builds nothing."""

    def __init__(self) -> None:
        self.depth = 0
        self.nodes = 0
        self.root = ""

    def doctype(self, *_: str | None) -> None:
        """Called at `<!DOCTYPE`, before the declarations that it opens are read."""
        raise _Stop("une déclaration DOCTYPE ou des entités")

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        """An element opens."""
        self.root = self.root or str(tag)
        self.nodes += 1 + len(attrib)
        if self.nodes > MOST_NODES:
            raise _TooMany
        if len(attrib) > MOST_ATTRIBUTES:
            raise _Stop("un élément aux attributs trop nombreux")
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _Stop("des éléments imbriqués trop profondément")

    def end(self, tag: str | bytes) -> None:
        """An element closes."""
        del tag
        self.depth -= 1

    def data(self, data: str | bytes) -> None:
        """Text is not looked at."""

    def comment(self, text: str | bytes) -> None:
        """Nor are comments."""

    def close(self) -> str:
        """Nothing was built: what is told is the name of the root, with its namespace."""
        return self.root


def check(data: bytes) -> str:
    """The name of the root, as `{namespace}name`.

    Raises Invalid: XML_TOO_LARGE, XML_FORBIDDEN, XML_MALFORMED (with the line).
    """
    if len(data) > MOST_BYTES:
        raise _invalid(
            "XML_TOO_LARGE",
            f"Ce fichier dépasse {MOST_BYTES // 1_000_000}\u00a0Mo\u00a0: vérifiez que c’est bien le fichier"
            " XML d’un seul dossier.",
        )
    parser = etree.XMLParser(
        target=_Gate(), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return str(etree.fromstring(data, parser=parser))
    except _TooMany:
        raise _invalid(
            "XML_TOO_LARGE",
            f"Ce fichier contient plus de {MOST_NODES // 1000}\u202f000 éléments et attributs\u00a0: vérifiez"
            " que c’est bien le fichier XML d’un seul dossier.",
        ) from None
    except _Stop as stop:
        raise _invalid(
            "XML_FORBIDDEN",
            f"Ce fichier contient {stop}, ce qui n’est pas admis\u00a0: exportez-le de nouveau depuis votre"
            " logiciel, sans cette partie.",
        ) from None
    except etree.XMLSyntaxError as error:
        raise _invalid(
            "XML_MALFORMED",
            f"Ce fichier n’est pas un XML bien formé, à la ligne {error.lineno or 1}\u00a0: corrigez-le ou"
            " exportez-le de nouveau.",
            line=error.lineno or 1,
        ) from None


def _invalid(code: str, message: str, *, line: int | None = None) -> Invalid:
    return Invalid(code, message, path=("xml",), details={} if line is None else {"line": line})

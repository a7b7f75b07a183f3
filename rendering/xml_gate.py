"""What an XML file must be before anything of it is believed: small, flat, well formed, without DTD."""

from __future__ import annotations

from typing import Final

from lxml import etree

from models import Invalid

MOST_BYTES: Final = 5_000_000
# The format goes six deep.
MOST_DEPTH: Final = 12


class _Stop(Exception):  # noqa: N818 - not an error: what the reader met, on its way to a Problem
    """Reading stops here, before what follows is parsed."""


class _Gate:
    """Watches the elements go by, and builds nothing."""

    def __init__(self) -> None:
        self.depth = 0

    def doctype(self, *_: str | None) -> None:
        """Called at `<!DOCTYPE`, before the declarations that it opens are read."""
        raise _Stop("une déclaration DOCTYPE ou des entités")

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        """An element opens."""
        del tag, attrib
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

    def close(self) -> None:
        """Nothing was built."""


def check(data: bytes) -> None:
    """Raises Invalid: XML_TOO_LARGE, XML_FORBIDDEN, XML_MALFORMED (with the line)."""
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
        etree.fromstring(data, parser=parser)
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

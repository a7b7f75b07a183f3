"""`python -m gql COMMAND`: every process of an installation, and its maintenance."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from gql import audit_command, commands, pack_commands, publish_command, seal_command
from models import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence


LAST_PORT = 65_535
DEMO_PORTS = 3


class Parser(argparse.ArgumentParser):
    """A command line that is refused in one French sentence, as everything else is."""

    def error(self, message: str) -> NoReturn:
        """Raise Problem COMMAND_INVALID; argparse's own message is English."""
        del message
        raise Problem(
            "COMMAND_INVALID",
            f"Commande incomplète ou option inconnue : « {self.prog} --help » montre comment l’écrire.",
        )


def parser() -> Parser:
    """Every command and what it does, in French, for the terminal."""
    top = Parser(prog="python -m gql", description="Harmonia : serveur et entretien.")
    listed = top.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    listed.add_parser("serve", help="répond aux requêtes HTTP").set_defaults(run=commands.serve)
    listed.add_parser("work", help="fait les travaux en attente : impressions, courriels").set_defaults(
        run=commands.work
    )
    listed.add_parser("migrate", help="met la base de données à jour").set_defaults(run=commands.migrate)
    listed.add_parser("seed", help="remplit une base vide de données de démonstration").set_defaults(
        run=commands.seed
    )
    schema = listed.add_parser("schema", help="écrit le schéma GraphQL")
    schema.add_argument("--write", action="store_true", help="dans gql/schema.graphql plutôt qu’à l’écran")
    schema.set_defaults(run=commands.schema)
    _audit(listed.add_parser("audit", help="contrôle le journal des événements"))
    _copies(listed.add_parser("verify-seal", help="vérifie des copies scellées, sans serveur ni base"))
    certificate = listed.add_parser("seal-certificate", help="écrit le certificat qui signe les copies")
    certificate.add_argument("--renew", action="store_true", help="en fait un nouveau d’abord")
    certificate.set_defaults(run=seal_command.seal_certificate)
    _packs(listed.add_parser("pack", help="travaille sur une définition de formulaire"))
    _demo(listed.add_parser("demo", help="lance le produit entier, avec ses données de démonstration"))
    mailbox = listed.add_parser("mailbox", help="reçoit les courriels de la démonstration et les montre")
    mailbox.add_argument("folder", type=Path)
    mailbox.add_argument("--port", type=partial(_port, LAST_PORT), required=True)
    mailbox.add_argument("--smtp-port", type=partial(_port, LAST_PORT), required=True)
    mailbox.set_defaults(run=commands.mailbox)
    return top


def _audit(audit: argparse.ArgumentParser) -> None:
    listed = audit.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = listed.add_parser("verify", help="dit si le journal est tel qu’il a été écrit")
    verify.add_argument("--head", metavar="POSITION:EMPREINTE", help="fin du journal notée plus tôt")
    verify.set_defaults(run=audit_command.verify)
    head = listed.add_parser("head", help="écrit la fin du journal, à noter ailleurs")
    head.set_defaults(run=audit_command.head)


def _copies(copies: argparse.ArgumentParser) -> None:
    copies.add_argument(
        "files", type=Path, nargs="+", metavar="COPIE.zip", help="dans l’ordre\u202f; ou des PDF"
    )
    copies.add_argument("--seal", metavar="SCEAU", help="sceau attendu de la dernière")
    copies.add_argument(
        "--certificate", metavar="EMPREINTE", action="append", default=[],
        help="SHA-256 d’un certificat qui peut les avoir signées",
    )  # fmt: skip
    copies.set_defaults(run=seal_command.verify_seal)


def _packs(pack: argparse.ArgumentParser) -> None:
    listed = pack.add_subparsers(dest="action", required=True, metavar="ACTION")
    evaluate = listed.add_parser("evaluate", help="calcule un cas et en contrôle les valeurs")
    evaluate.add_argument("case", type=Path, metavar="CAS.json")
    evaluate.set_defaults(run=commands.evaluate)
    lint = listed.add_parser("lint", help="cherche les défauts d’une définition")
    lint.add_argument("key", metavar="ER/2024|DOSSIER")
    lint.set_defaults(run=commands.lint)
    test = listed.add_parser("test", help="fait les essais enregistrés des définitions")
    test.add_argument("keys", metavar="ER/2024", nargs="*")
    test.set_defaults(run=pack_commands.test)
    diff = listed.add_parser("diff", help="dit ce qui diffère entre deux définitions")
    diff.add_argument("old", metavar="ER/2023")
    diff.add_argument("new", metavar="ER/2024")
    diff.set_defaults(run=pack_commands.diff)
    publish = listed.add_parser("publish", help="publie les fichiers d’un dossier comme révision suivante")
    publish.add_argument("folder", type=Path, metavar="DOSSIER")
    publish.add_argument("--platform", metavar="CODE", help="plateforme dont la campagne la prendra")
    publish.add_argument("--base", type=int, metavar="N", help="révision dont les fichiers sont partis")
    publish.add_argument("--note", default="", metavar="TEXTE", help="commentaire gardé avec la révision")
    publish.set_defaults(run=publish_command.publish)


def _demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--data", type=Path, default=Path(".data"), help="dossier des données")
    last = LAST_PORT - DEMO_PORTS + 1
    demo.add_argument("--port", type=partial(_port, last), default=8000, help="port du serveur web")
    demo.set_defaults(run=commands.demo)


def _port(last: int, text: str) -> int:
    """A port as typed. Raises Problem PORT_INVALID."""
    # Zero would let the system choose, and whoever typed the command could not know what.
    if not text.isdecimal() or len(text) > len(str(last)) or not 1 <= int(text) <= last:
        raise Problem(
            "PORT_INVALID", f"« {text} » n’est pas un port possible : donnez un nombre de 1 à {last}."
        )
    return int(text)


def main(arguments: Sequence[str]) -> int:
    """Run one command; the exit code. What is foreseen is one French sentence, never a traceback."""
    try:
        options = parser().parse_args(arguments)
        code = int(options.run(options))
        sys.stdout.flush()
    except Problem as problem:
        print(problem.message, file=sys.stderr)  # noqa: T201 - the terminal is the interface
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has enough (`| head`): what is left goes nowhere, without a complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Publishing a form from a folder: for installations that keep their forms in files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from forms import PackError
from forms.texts import folder_texts
from gql.commands import with_database
from models import Problem
from resolvers import pack_files, pack_publishing
from resolvers.pack_drafts import Upload

if TYPE_CHECKING:
    from argparse import Namespace


def publish(options: Namespace) -> int:
    """Publish the files of a folder into the database, under the rules of the pack desk."""
    sent = read_folder(options)
    published = with_database(lambda _: pack_publishing.publish_files(sent))
    sys.stdout.write(f"{published.key} est publié.\n")
    return 0


def read_folder(options: Namespace) -> Upload:
    """The files of the folder, and what the options say of them. Raises Problem PACK_INVALID."""
    try:
        files = folder_texts(options.folder)
    except PackError as error:
        raise Problem("PACK_INVALID", str(error)) from error
    except OSError as error:
        raise Problem("PACK_INVALID", f"« {options.folder} » est illisible : vérifiez le chemin.") from error
    named = pack_files.named_by(files)
    if named is None:
        raise Problem(
            "PACK_INVALID",
            f"« {options.folder} » ne contient pas de formulaire : il y faut un fichier pack.txt, "
            "qui commence par « @formulaire ».",
        )
    return Upload(
        form=named.form,
        year=named.year,
        files=tuple(files.items()),
        base=options.base,
        note=options.note,
        platform=options.platform,
    )

"""How the tabs and cells of an instance of a group are named: `E1[2024-01].L011.V`."""

from __future__ import annotations

import re

# Without dot or bracket: a key stands within an address.
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_INSTANCE = re.compile(rf"([A-Z][A-Z0-9]*)\[({KEY.pattern})\](.*)")


def with_key(name: str, key: str) -> str:
    """The tab, line or cell as it is named in that instance."""
    tab, dot, rest = name.partition(".")
    return f"{tab}[{key}]{dot}{rest}"


def split_key(name: str) -> tuple[str, str]:
    """The name in its pack and the key of its instance, empty if it names none."""
    if "[" not in name:
        # Asked of every cell of a file; nearly none is of an instance.
        return name, ""
    if "[" not in name:
        # Nearly all names, of files of thousands of values.
        return name, ""
    match = _INSTANCE.fullmatch(name)
    return (match[1] + match[3], match[2]) if match else (name, "")

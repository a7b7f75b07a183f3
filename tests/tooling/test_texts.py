"""What no text of the repository may hold; each pattern is written so as not to find itself."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.tooling.sources import ROOMS, ROOT, client_sources, python_sources, texts

FORBIDDEN = {
    "work put off": r"\b(TO[D]O|FIX[M]E)\b",
    "a path of somebody's machine": r"(?<![\w.)])[/](root|work|home|Users)[/]\w",
    "a neighbour of the repository": r"[.][.]/shared|[/][.]library\b",
    "a package registry": r"https?:[/]/[^/\s]*(pypi|npmjs|pythonhosted|registry)",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE[ ]KEY",
}
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|nosec|fmt:\s*off|mypy:)", re.IGNORECASE)
ARGUED = (
    re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* [-–—] \S.{3,}"),
    re.compile(r"# type: ignore\[[a-z-]+(, ?[a-z-]+)*\] +# \S.{3,}"),
)
CLIENT_SUPPRESSION = re.compile(r"(eslint|oxlint)-disable|@ts-(ignore|nocheck|expect-error)")
CLIENT_ARGUED = re.compile(
    r"((eslint|oxlint)-disable[a-z-]* [\w@/-]+(, [\w@/-]+)* --|@ts-expect-error[: -]) *\S.{3,}"
)
# What a French sentence may not hold: a plain space within « » or before : ; ! ?, a narrow one before a
# colon, and a straight apostrophe.
PLAIN = re.compile(r"« | »|[\w»)}] [:;!?](?=\s|$)|\u202f:|[a-zà-ÿ]'[a-zà-ÿ]{2}", re.IGNORECASE)
# A value within a template; from one that holds a template of its own, the rest is read as code.
CLIENT_VALUE = re.compile(r"\$\{[^{}]*\}|\$\{.*", re.DOTALL)
CLIENT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.DOTALL)
CLIENT_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'|\"([^\"\n]*)\"|`((?:[^`\\]|\\.)*)`")
CLIENT_SHOWN = re.compile(r"(?:(?<!=)>|(?<=\}))([^<>{}]*)(?=[<{])")
CODE = re.compile(r"[()=&|\"]|\d \?|^ \?|\breturn\b")
# Values of the manual's lists, as the forms spell them.
LIST_VALUES = {ROOT / "resolvers" / "demo" / "books" / "rolls.py"}
# Rights are worded in `authz`, whose own tests hold its sentences.
SPEAKING = [ROOT / "harmonia", *(ROOT / room for room in ROOMS if room != "authz")]


def strings(path: Path) -> list[tuple[int, str]]:
    """Every string of a module but its docstrings."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
    ]


def comments(path: Path) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


@pytest.mark.parametrize("reason", FORBIDDEN)
def test_no_text_holds(reason: str) -> None:
    pattern = re.compile(FORBIDDEN[reason])
    found = [
        f"{path}:{number}: {line.strip()}"
        for path, text in texts()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("reason", "line"),
    [
        ("work put off", "# TO" + "DO: later"),
        ("a path of somebody's machine", 'open("' + "/ho" + 'me/me/x")'),
        ("a neighbour of the repository", ".." + "/shared/x"),
        ("a package registry", "https:" + "//registry.example/x"),
        ("a private key", "-----BEGIN RSA PRIVATE" + " KEY-----"),
    ],
)
def test_the_patterns_find_what_they_are_for(reason: str, line: str) -> None:
    assert re.search(FORBIDDEN[reason], line)


def test_a_silenced_check_has_a_code_and_a_reason() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{line}: {comment}"
        for path in python_sources()
        for line, comment in comments(path)
        if SUPPRESSION.match(comment) and not any(argued.match(comment) for argued in ARGUED)
    ]

    assert silent == []


def test_a_silenced_check_of_the_client_has_a_code_and_a_reason() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in client_sources()
        for line in path.read_text().splitlines()
        if CLIENT_SUPPRESSION.search(line) and not CLIENT_ARGUED.search(line)
    ]

    assert silent == []


def test_the_client_leaves_nothing_on_the_console() -> None:
    spoken = re.compile(r"\bconsole\.(log|debug|info)\(|^\s*debugger\b", re.MULTILINE)

    assert [str(path) for path in client_sources() if spoken.search(path.read_text())] == []


def test_what_python_says_in_french_is_typeset() -> None:
    plain = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in python_sources()
        if path not in LIST_VALUES and any(path.is_relative_to(place) for place in SPEAKING)
        for line, text in strings(path)
        if PLAIN.search(text)
    ]

    assert plain == []


def test_what_the_client_says_in_french_is_typeset() -> None:
    plain = [
        f"{path.relative_to(ROOT)}: {text.strip()}"
        for path in client_sources()
        if path.suffix in {".ts", ".tsx"} and path.is_relative_to(ROOT / "web-client" / "src")
        for text in client_strings(path.read_text())
        if PLAIN.search(text)
    ]

    assert plain == []


def client_strings(source: str) -> list[str]:
    """What is between quotes, what a template says around its values, and the text of elements."""
    code = CLIENT_COMMENT.sub("", source)
    quoted = [next(filter(None, found), "") for found in CLIENT_QUOTED.findall(code)]
    shown = [text for text in CLIENT_SHOWN.findall(CLIENT_QUOTED.sub('""', code)) if not CODE.search(text)]
    return [CLIENT_VALUE.sub("x", text) for text in quoted] + shown


@pytest.mark.parametrize(
    "source",
    ["hint='Vide : sans fin'", "`version ${number.value} ?`", "<p>Sans effet ; {rest}</p>", "{end} »</span>"],
)
def test_plain_typography_of_the_client_is_found(source: str) -> None:
    assert any(PLAIN.search(text) for text in client_strings(source))


@pytest.mark.parametrize(
    "text", ["« mot", "mot »", "Quitter ?", "un mot : deux", "un mot\u202f: deux", "l'écart"]
)
def test_plain_typography_is_found(text: str) -> None:
    assert PLAIN.search(text)

"""The rules of the house that no linter knows."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import takewhile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "huntui"
SOURCES = sorted(PACKAGE.rglob("*.py"))
ROOMS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))

OWNERS = {
    "numba": lambda path: path.name in ("kernel.py", "kernels.py"),
    "textual": lambda path: path.is_relative_to(PACKAGE / "tui"),
    "plotext": lambda path: path.is_relative_to(PACKAGE / "render"),
    "httpx": lambda path: path.is_relative_to(PACKAGE / "online"),
    "pandas": lambda path: path.is_relative_to(PACKAGE / "python"),
    "matplotlib": lambda path: path.is_relative_to(PACKAGE / "python"),
    "distributed": lambda path: path == PACKAGE / "sweep" / "cluster.py",
    "dask": lambda path: path == PACKAGE / "sweep" / "cluster.py",
    "fsspec": lambda path: path == PACKAGE / "sweep" / "remote.py",
}
"""Who may import a library."""

REGISTRIES = sorted(PACKAGE.glob("*/registry.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a module imports, at its top or anywhere inside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def project_files() -> Iterator[Path]:
    """Yield every text file that belongs to the project."""
    for folder in ("huntui", "tests", "bench", "docs", "hunts", "cuts", "scripts", ".ci"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")


def test_no_python_file_is_longer_than_400_lines() -> None:
    """A file that grows beyond 400 lines holds two ideas."""
    files = [path for folder in ("huntui", "tests", "bench", "docs") for path in (ROOT / folder).rglob("*.py")]
    long = {str(path.relative_to(ROOT)): n for path in files if (n := len(path.read_text().splitlines())) > 400}
    assert not long
    assert len(files) > len(SOURCES)


def test_no_two_files_of_tests_have_the_same_name() -> None:
    """Pytest imports them by their names alone, and a second one would not be run."""
    names = Counter(
        path.name for path in (ROOT / "tests").rglob("*.py") if path.name not in ("conftest.py", "__init__.py")
    )
    assert [name for name, number in names.items() if number > 1] == []
    assert len(names) > 100


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_is_in_one_sentence_and_does_nothing_else(room: Path) -> None:
    """`__init__.py` is a docstring: importing a room imports nothing."""
    body = ast.parse((room / "__init__.py").read_text()).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    assert str(body[0].value.value).rstrip().endswith(".")


@pytest.mark.parametrize("library", OWNERS)
def test_a_heavy_library_is_imported_in_its_own_room_only(library: str) -> None:
    """Numba stays in the kernels, Textual in the screen, plotext in drawings, httpx in look-ups, Dask in sweeps."""
    strangers = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if not OWNERS[library](path)
        and any(name.split(".")[0] == library for name in imported(ast.parse(path.read_text())))
    ]
    assert not strangers


COMPILED = (["kernel"], ["inlined"], ["uncounted"])


def test_every_function_beside_kernels_is_compiled_by_one_of_the_decorators() -> None:
    """In `kernel.py` and `kernels.py` of a room each function carries `@kernel`, `@inlined` or `@uncounted`."""
    files = [path for path in SOURCES if path.name in ("kernel.py", "kernels.py") and path.parent != PACKAGE]
    bare = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in files
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and [ast.unparse(decorator) for decorator in node.decorator_list] not in COMPILED
    ]
    assert files
    assert not bare


def test_kernels_release_the_gil_are_cached_and_never_use_fast_math() -> None:
    """Fast-math may assume that there is no NaN, and a NaN is a null here."""
    compiled = [
        (path.relative_to(PACKAGE).as_posix(), {k.arg: ast.unparse(k.value) for k in node.keywords})
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("njit", "jit", "vectorize")
    ]
    assert compiled
    for path, flags in compiled:
        assert path == "kernels.py"
        assert (flags["nogil"], flags["cache"]) == ("True", "True")
        assert "fastmath" not in flags


@pytest.mark.parametrize("path", REGISTRIES, ids=lambda path: path.parent.name)
def test_a_registry_names_things_that_exist_and_misses_none(path: Path) -> None:
    """A registry maps a name to "module:object"; whatever in its room is called like its entries is an entry."""
    targets = set(registry(import_module(f"huntui.{path.parent.name}.registry")).values())
    ending = common_ending([target.partition(":")[2] for target in targets])
    found = {
        f"{room}.{file.stem}:{name}"
        for room in {target.rpartition(".")[0] for target in targets}
        for file in (ROOT / room.replace(".", "/")).glob("*.py")
        for name in defined(file)
        if name.endswith(ending)
    }
    assert targets <= found
    assert {target for target in found - targets if not is_protocol(target)} == set()


def registry(module: object) -> dict[str, str]:
    """Return the one dict of a registry module that maps names to "module:object"."""
    shape = re.compile(r"[\w.]+:\w+")
    dicts = [
        value
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, dict) and all(shape.fullmatch(str(entry)) for entry in value.values())
    ]
    assert len(dicts) == 1
    return dicts[0]


def defined(file: Path) -> Iterator[str]:
    """Yield the public names that a module defines at its top."""
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def common_ending(names: list[str]) -> str:
    """Return what all names end with: `Source` for FolderSource and SimulatedSource."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*(reversed(name) for name in names), strict=False))
    ending = "".join(letters[0] for letters in alike)[::-1]
    assert len(ending) > 2, f"{names} share no ending"
    return ending


def is_protocol(target: str) -> bool:
    """Tell whether something only says what an entry must be able to do."""
    module, _, name = target.partition(":")
    return bool(getattr(getattr(import_module(module), name), "_is_protocol", False))


def test_nothing_tells_on_which_machine_it_was_made() -> None:
    """No path of a particular machine and no loose end stands in a file of the project."""
    telling = re.compile(
        r"(?<![\w.])/(?:work|farm|home|root)/[a-z.]|/tmp/[a-z]|\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b"
    )
    found = []
    for path in project_files():
        if path.suffix in (".svg", ".png", ".avro"):
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
            if telling.search(line)
        ]
    assert not found

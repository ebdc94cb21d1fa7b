"""Every command and every environment variable is explained where people look for it."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
MAKEFILE = (PROJECT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE)
SETTINGS = "".join(path.read_text() for path in (PROJECT / "config/settings").glob("*.py"))
VARIABLES = sorted(set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', SETTINGS)))
PAGES = sorted(path for path in [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])


@pytest.mark.parametrize("target", TARGETS)
def test_a_make_target_is_documented(target: str) -> None:
    assert f"`make {target}`" in (PROJECT / "docs/commands.md").read_text()


@pytest.mark.parametrize("variable", VARIABLES)
def test_an_environment_variable_is_documented(variable: str) -> None:
    assert f"`{variable}`" in (PROJECT / "docs/settings.md").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_inside_the_project_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    inside = [link for link in links if ":" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []

"""A bad entry is named with its file, id and field, and nothing is written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registry.models import FactDefinition, Rule
from tests.registry.catalogue.small import INCENTIVES, RULES, Documents, small_documents, version, write

pytestmark = pytest.mark.django_db
Bend = Callable[[Documents], object]


def _rule(**fields: object) -> Bend:
    return lambda documents: documents[RULES][0].update(fields)


def _without(field: str) -> Bend:
    return lambda documents: documents[RULES][0].pop(field)


def _incentive(**fields: object) -> Bend:
    return lambda documents: documents[INCENTIVES][0].update(fields)


def _fact(**fields: object) -> Bend:
    return lambda documents: documents["facts.yaml"]["facts"][0].update(fields)


SPRINKLER, GRANT = f"{RULES}: fire-sprinkler: ", f"{INCENTIVES}: grant: "
BASIS = {"instrument": "소방법", "kind": "법률", "law_id": "000002"}
BAD_ANCHOR = {"every": "P1Y", "anchor": "floors_above"}
BAD: list[tuple[Bend, str]] = [
    (_without("basis"), f"{SPRINKLER}basis: is missing"),
    (_rule(basis=[]), f"{SPRINKLER}basis: is missing"),
    (_rule(binding="compulsory"), f"{SPRINKLER}binding: 'compulsory' is not one of mandatory, effort"),
    (_rule(penalties="x"), f"{SPRINKLER}penalties: is not a field of this entry; known: penalty"),
    (_rule(penalty={"kind": "벌금"}), f"{SPRINKLER}penalty.max_krw: is missing"),
    (_rule(stage=["opening"]), f"{SPRINKLER}stage[0]: 'opening' is not one of siting"),
    (_rule(applies_when="floor_above >= 6"), f"{SPRINKLER}applies_when: line 1, column 1: unknown fact `floor_above`"),
    (_rule(applies_when='floors_above == "six"'), f"{SPRINKLER}applies_when: "),
    (_rule(subject="operator"), f"{SPRINKLER}applies_when: "),
    (_rule(unified_topic="sprinkler"), f"{SPRINKLER}unified_topic: `sprinkler` is no topic; did you mean sprinklers?"),
    (_rule(ministry="nfo"), f"{SPRINKLER}ministry: `nfo` is no ministry; did you mean nfa?"),
    (_rule(recurrence=BAD_ANCHOR), f"{SPRINKLER}recurrence.anchor: `floors_above` is no date fact"),
    (_rule(in_force_from="2026-02-30"), f"{SPRINKLER}in_force_from: 2026-02-30 is not a day"),
    (_rule(versions=[version("2019-01-01")]), f"{SPRINKLER}versions[0].effective_from: 2019-01-01 is not after"),
    (_rule(versions=[version("2027-01-01", applies_when="x")]), f"{SPRINKLER}versions[0].changes.applies_when: line 1"),
    (_rule(versions=[{"changes": {}}]), f"{SPRINKLER}versions[0].effective_from: is missing"),
    (_incentive(benefit_formula="grant_rate * 'x'"), f"{GRANT}benefit_formula: "),
    (_incentive(related_rule_ids=["fire-sprinklers"]), f"{GRANT}related_rule_ids: `fire-sprinklers` is no rule"),
    (_incentive(in_force_from="2026-01-01", expires_on="2025-01-01"), f"{GRANT}expires_on: 2025-01-01 lies before"),
    (_fact(type="choice"), "facts.yaml: floors_above: choices: is missing"),
    (_fact(derived="floors_below + 1"), "facts.yaml: floors_above: derived: "),
    (lambda documents: documents[RULES][1].update(basis=[BASIS]), "basis: law_id 000001 of 소방법"),
    (lambda documents: documents[RULES].append(documents[RULES][0]), f"{SPRINKLER}id: stands twice"),
    (_without("id"), f"{RULES}: entry 1: id: is missing"),
    (lambda documents: documents.pop("ministries.yaml"), "ministries.yaml: is missing in"),
    (lambda documents: documents.update({"ministries.yaml": {"nfa": 1}}), "ministries.yaml: must hold a list"),
]


@pytest.mark.parametrize(("bend", "told"), BAD, ids=[told for _, told in BAD])
def test_a_bad_entry_is_named_and_nothing_is_written(tmp_path: Path, bend: Bend, told: str) -> None:
    documents = small_documents()
    bend(documents)
    with pytest.raises(CommandError) as caught:
        call_command("load_catalogue", write(documents, tmp_path))
    assert told in str(caught.value)
    assert not FactDefinition.objects.exists() and not Rule.objects.exists()


def test_broken_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    write(small_documents(), tmp_path)
    (tmp_path / "topics.yaml").write_text("groups: [\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"topics.yaml: line 2, column 1: is not valid YAML"):
        call_command("load_catalogue", tmp_path)


def test_a_key_that_stands_twice_is_named(tmp_path: Path) -> None:
    write(small_documents(), tmp_path)
    (tmp_path / "topics.yaml").write_text("groups: []\ngroups: []\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"topics.yaml: line 2, column 1: .*`groups` stands twice"):
        call_command("load_catalogue", tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere: is not a folder"):
        call_command("load_catalogue", tmp_path / "nowhere")

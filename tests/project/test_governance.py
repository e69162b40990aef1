"""Who approves what, and what protects main: files that GitHub reads, and that agree with ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import pytest
import yaml
from around import ROOT
from jsonschema import Draft202012Validator

from fir.repository.read import read_repository
from fir.workflows.owners import PATH, owners

TEAMS = {
    "reviewers": ("@example/fir-reviewers",),
    "deciders": ("@example/fir-deciders", "example-person"),
    "maintainers": ("@example/fir-maintainers",),
}
RULESET = ROOT / ".github/rulesets/main.json"
TRUTH, COUNT, TEXT = {"type": "boolean"}, {"type": "integer"}, {"type": "string"}


def shape(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def listed(item: Any) -> dict[str, Any]:
    return {"type": "array", "items": item}


def rule(name: str, **parameters: Any) -> dict[str, Any]:
    told = {"parameters": shape(**parameters)} if parameters else {}
    return shape(type={"const": name}, **told)


# As GitHub's REST description gives it: "Create a repository ruleset", the rules used here alone.
IMPORTABLE = shape(
    name=TEXT,
    target={"enum": ["branch", "tag", "push"]},
    enforcement={"enum": ["active", "disabled", "evaluate"]},
    bypass_actors=listed({"type": "object"}),
    conditions=shape(ref_name=shape(include=listed(TEXT), exclude=listed(TEXT))),
    rules=listed(
        {
            "oneOf": [
                *map(rule, ("deletion", "non_fast_forward", "required_linear_history")),
                rule(
                    "pull_request",
                    allowed_merge_methods=listed({"enum": ["merge", "squash", "rebase"]}),
                    required_approving_review_count={**COUNT, "minimum": 0, "maximum": 10},
                    require_code_owner_review=TRUTH,
                    require_last_push_approval=TRUTH,
                    dismiss_stale_reviews_on_push=TRUTH,
                    required_review_thread_resolution=TRUTH,
                ),
                rule(
                    "required_status_checks",
                    do_not_enforce_on_create=TRUTH,
                    strict_required_status_checks_policy=TRUTH,
                    required_status_checks=listed(shape(context=TEXT, integration_id=COUNT)),
                ),
            ]
        }
    ),
)


def lines(text: str) -> list[tuple[str, list[str]]]:
    """The paths of a CODEOWNERS file with their owners."""
    told = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return [(path, names) for path, *names in told]


def owner(path: str, of: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Who owns a file, as GitHub reads the lines: of those that match it, the last."""
    found: list[str] = []
    for pattern, names in of:
        below = pattern.startswith("/") and f"/{path}".startswith(pattern.rstrip("/") + "/")
        if pattern in ("*", f"/{path}") or below:
            found = names
    return found


def test_the_owners_are_those_that_the_policy_names() -> None:
    made = owners(read_repository(ROOT).policy.teams)
    assert (ROOT / PATH).read_text(encoding="utf-8") == made, "run `make owners`"


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("records/firmware/example-meters/000042.yaml", "reviewers"),
        ("records/manufacturers/example-meters.yaml", "reviewers"),
        ("records/cpl/entries.csv", "reviewers"),
        ("records/waivers.yaml", "deciders"),
        ("schema/policy.yaml", "deciders"),
        (PATH, "deciders"),
        (".github/rulesets/main.json", "deciders"),
        (".github/workflows/check.yml", "maintainers"),
        ("scripts/fir/checks/schema.py", "maintainers"),
        ("mkdocs.yml", "maintainers"),
    ],
)
def test_every_file_has_the_owner_that_decides_on_it(path: str, role: str) -> None:
    named = ["@" + name.removeprefix("@") for name in TEAMS[role]]
    assert owner(path, lines(owners(TEAMS))) == named


def test_a_role_that_nobody_has_leaves_no_path_without_an_owner() -> None:
    """A path alone in its line has no owner, and anybody's approval would do for it."""
    made = lines(owners({**TEAMS, "deciders": ()}))
    assert all(names for _, names in made)
    assert owner("schema/policy.yaml", made) == ["@example/fir-maintainers"]
    assert lines(owners(dict.fromkeys(TEAMS, ()))) == []


def test_every_owned_path_is_there() -> None:
    for path, _ in lines(owners(TEAMS))[1:]:
        assert (ROOT / path.lstrip("/")).exists(), path


def ruleset() -> Any:
    return json.loads(RULESET.read_text(encoding="utf-8"))


def test_github_can_import_the_ruleset() -> None:
    Draft202012Validator(IMPORTABLE).validate(ruleset())


def test_main_is_changed_by_an_approved_and_checked_pull_request_alone() -> None:
    told = ruleset()
    rules = {each["type"]: each.get("parameters", {}) for each in told["rules"]}
    assert told["enforcement"] == "active" and told["bypass_actors"] == []
    assert told["conditions"]["ref_name"] == {"include": ["~DEFAULT_BRANCH"], "exclude": []}
    assert {"deletion", "non_fast_forward", "required_linear_history"} <= set(rules)
    asked = rules["pull_request"]
    assert asked["allowed_merge_methods"] == ["squash"]
    assert asked["required_approving_review_count"] >= 1
    assert all(asked[name] for name in asked if name.startswith(("require_", "dismiss_")))
    assert rules["required_status_checks"]["strict_required_status_checks_policy"]


def test_every_required_check_is_a_job() -> None:
    workflows = sorted((ROOT / ".github/workflows").glob("*.yml"))
    jobs = [
        job.get("name", key)
        for path in workflows
        for key, job in yaml.load(path.read_bytes(), yaml.BaseLoader)["jobs"].items()
    ]
    (rule,) = (each for each in ruleset()["rules"] if each["type"] == "required_status_checks")
    for required in rule["parameters"]["required_status_checks"]:
        assert jobs.count(required["context"]) == 1, required
        assert required["integration_id"] == 15368, "of GitHub Actions, and of nobody else"


def test_the_adoption_page_sets_what_the_workflows_ask_for() -> None:
    page = (ROOT / "docs/guides/adopting/index.md").read_text(encoding="utf-8")
    paths = sorted((ROOT / ".github/workflows").glob("*.yml"))
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    asked = set(re.findall(r"\b(?:vars|secrets)\.([A-Z_]+)", text)) - {"GITHUB_TOKEN"}
    assert set(re.findall(r"\b(?:CPL_URL|FIR_[A-Z_]+)\b", page)) == asked
    documents = [yaml.load(path.read_bytes(), yaml.BaseLoader) for path in paths]
    jobs = [job for each in documents for job in each["jobs"].values()]
    environments = {
        told if isinstance(told, str) else told["name"]
        for told in (job["environment"] for job in jobs if "environment" in job)
    }
    assert [name for name in environments if f"`{name}`" not in page] == []
    assert [each["name"] for each in documents if f"*{each['name']}*" not in page] == [
        "Check",  # named by its jobs
        "Code",
    ]

"""Who approved what: the pull requests merged into the branch, as GitHub itself tells them.

Git proves what was published and when; this adds the Panel's consent, for a reader years later.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fir.workflows import github
from fir.workflows.runner import required

_MERGED = """
query ($owner: String!, $name: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: MERGED, baseRefName: $branch, first: 50, after: $after,
                 orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number url mergedAt
        author { login }
        mergedBy { login }
        mergeCommit { oid }
        latestOpinionatedReviews(first: 50, writersOnly: true) {
          nodes { state submittedAt author { login } commit { oid } }
        }
        commits(last: 1) { nodes { commit { oid statusCheckRollup { contexts(first: 50) { nodes {
          __typename
          ... on CheckRun { name conclusion }
          ... on StatusContext { context state }
        } } } } } }
      }
    }
  }
}
"""


def approvals() -> dict[str, Any]:
    """Every merged pull request, the newest merge first."""
    branch = required("GITHUB_REF_NAME")
    merged = sorted(map(_pull_request, _merged(branch)), key=lambda each: str(each["merged_at"]))
    return {
        "repository": github.repository(),
        "branch": branch,
        "commit": required("GITHUB_SHA"),
        "merged": merged[::-1],
    }


def _merged(branch: str) -> Iterator[dict[str, Any]]:
    owner, _, name = github.repository().partition("/")
    after, more = None, True
    while more:
        asked = {"owner": owner, "name": name, "branch": branch, "after": after}
        page = github.query(_MERGED, asked)["repository"]["pullRequests"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        yield from page["nodes"]


def _pull_request(pull: dict[str, Any]) -> dict[str, Any]:
    """An account that was deleted since is null, as GitHub has it."""
    head = pull["commits"]["nodes"][-1]["commit"] if pull["commits"]["nodes"] else {}
    rollup = head.get("statusCheckRollup") or {"contexts": {"nodes": []}}
    approved = [
        {
            "account": _login(review["author"]),
            "approved_at": review["submittedAt"],
            "commit": (review["commit"] or {}).get("oid"),
        }
        for review in pull["latestOpinionatedReviews"]["nodes"]
        if review["state"] == "APPROVED"
    ]
    checks = {
        (each.get("name") or each.get("context"), each.get("conclusion") or each.get("state"))
        for each in rollup["contexts"]["nodes"]
    }
    return {
        "pull_request": pull["number"],
        "url": pull["url"],
        "commit": (pull["mergeCommit"] or {}).get("oid"),
        "head": head.get("oid"),
        "merged_at": pull["mergedAt"],
        "merged_by": _login(pull["mergedBy"]),
        "author": _login(pull["author"]),
        "approvers": sorted(approved, key=lambda each: str(each["approved_at"])),
        "checks": [
            {"name": name, "conclusion": str(conclusion or "none").lower()}
            for name, conclusion in sorted(checks, key=str)
        ],
    }


def _login(account: dict[str, Any] | None) -> str | None:
    return account["login"] if account else None

"""Two states of the repository become what a reviewer has to know before merging.

`states` reads both and says which files differ, `kinds` whether these may change together.
`changes` and `cpl_update` say what that does; `risks`, `decision` and `questions` what to decide.
`Review` holds all of it; `as_json` and `summary`, with its `blocks`, show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fir.answers.coverage import coverage
from fir.checks import judge
from fir.diagnostics import Diagnostic
from fir.model import WAIVERS, Repository, Waiver
from fir.repository.read import read_repository
from fir.repository.tree import carried_orders, is_orders
from fir.review import risks
from fir.review.changes import (
    Changed,
    ChangedAnswer,
    Comments,
    Recorded,
    changed,
    changed_answers,
    new_comments,
)
from fir.review.cpl_update import CplUpdate, cpl_update, made_by_import, snapshot_tampering
from fir.review.kinds import Kind, Refused, area, carrying_orders, kind_of, own_cpl
from fir.review.risks import Risk, new_and_known, of_submitter
from fir.review.states import FileChange, States, with_snapshot


@dataclass(frozen=True)
class Review:
    """What a proposal does to the register; each part is worked out when it is asked for."""

    states: States
    author: str = ""

    @cached_property
    def base(self) -> Repository:
        """What is compared: with a damaged snapshot it would have no entries to speak of."""
        return with_snapshot(self.states.base.repository, self.states.head.repository)

    @cached_property
    def head(self) -> Repository:
        return with_snapshot(self.states.head.repository, self.states.base.repository)

    @property
    def files(self) -> tuple[FileChange, ...]:
        return self.states.files

    @cached_property
    def _verdict(self) -> tuple[Kind, Refused | None]:
        paths = [each.path for each in self.files]
        beside: list[str] = []
        if {"cpl"} < {area(path) for path in paths}:
            beside = made_by_import(self.states.base, self.states.head, self.files)
        return kind_of(paths, beside)

    @property
    def kind(self) -> Kind:
        return self._verdict[0]

    @cached_property
    def orders(self) -> tuple[Diagnostic, ...]:
        """The folders of orders to write files that the proposal carries."""
        head = self.states.head
        found = (*carried_orders(head.root), *head.repository.refusals)
        by_path = {each.path: each for each in found if is_orders(each.path)}
        return tuple(by_path[path] for path in sorted(by_path))

    @property
    def refused(self) -> Refused | None:
        return carrying_orders(self.orders) if self.orders else self._verdict[1]

    def paths(self, *areas: str) -> list[str]:
        """The changed files of these areas."""
        return [each.path for each in self.files if area(each.path) in areas]

    @cached_property
    def changes(self) -> tuple[Changed, ...]:
        return changed(self.base, self.head, self.files)

    @cached_property
    def comments(self) -> tuple[Comments, ...]:
        return tuple(new_comments(self.states, self.changes))

    @property
    def _brings_cpl(self) -> bool:
        """Whether another list comes, and both can be relied on."""
        states = (self.states.base.repository, self.states.head.repository)
        return bool(self.paths("cpl")) and all(each.snapshot for each in states)

    @cached_property
    def cpl(self) -> CplUpdate | None:
        if not self._brings_cpl:
            return None
        return cpl_update(self.base, self.head)

    @cached_property
    def tampering(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What no import writes into a snapshot, and the entries in which it stands."""
        if not self._brings_cpl:
            return ()
        return tuple(snapshot_tampering(self.base, self.head))

    @property
    def replaces_demonstration(self) -> bool:
        return self.cpl is not None and not self.cpl.since

    @cached_property
    def _answers(self) -> tuple[list[ChangedAnswer], Recorded]:
        if self.replaces_demonstration:
            return [], Recorded((), ())
        return changed_answers(self.base, self.head, self.changes)

    @property
    def answers(self) -> list[ChangedAnswer]:
        return self._answers[0]

    @property
    def recorded(self) -> Recorded:
        return self._answers[1]

    @cached_property
    def waivers(self) -> tuple[tuple[Waiver, ...], tuple[Waiver, ...]]:
        """Those that come and those that go."""
        if not self.paths("waiver"):
            return (), ()
        old, new = set(self.base.waivers), set(self.head.waivers)
        return tuple(sorted(new - old)), tuple(sorted(old - new))

    @cached_property
    def coverage(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        return coverage(self.base).counts, coverage(self.head).counts

    @cached_property
    def judged(self) -> Repository:
        """The proposal with the CPL and the waivers that count: its own, or those of the rules."""
        head, rules = self.states.head, self.states.rules
        changes_them = bool(self.paths("cpl", "waiver"))
        if rules is None or self.states.own_cpl or not changes_them or own_cpl(self.kind):
            return head.repository
        return read_repository(head.root, rules=rules)

    @cached_property
    def found(self) -> tuple[Diagnostic, ...]:
        """What the checks say of the proposal: all of it, in order."""
        return tuple(judge(self.judged))

    @cached_property
    def findings(self) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
        """The same: what is new, and what they say already."""
        return new_and_known(self.states.base.repository, self.judged, self.found)

    @cached_property
    def risks(self) -> tuple[Risk, ...]:
        order = list(risks.ABOUT)
        return tuple(sorted(self._risks(), key=lambda each: (order.index(each.risk), each.subject)))

    def _risks(self) -> Iterator[Risk]:
        if self.kind == "mixed":
            yield Risk("mixed", "")
        yield from (Risk("write-orders", each.path, each.path) for each in self.orders)
        if self.kind != "cpl":
            yield from risks.of_changes(self.changes, self.base, self.head)
            if self.author:
                yield from of_submitter(self.author, self.changes, self.base)
        yield from (Risk("unreadable", sentence) for sentence in self.states.unread)
        yield from (Risk("waiver-added", each.path, WAIVERS) for each in self.waivers[0])
        yield from risks.of_tooling(self.paths("tooling"), self.states.head.root)
        for sentence, _ in self.tampering:
            yield Risk("edited-by-hand", sentence, "records/cpl")
        for number in self.cpl.lost if self.cpl else ():
            yield Risk("entries-lost", number)

    @property
    def risk(self) -> str:
        return "high" if self.risks else "low"

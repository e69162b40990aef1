"""The firmware of one line, and the order between any two: newer, older, or unclear."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Literal, NamedTuple

from fir.answers.firmware import Firmware
from fir.model import Line

Relation = Literal["newer", "older", "unclear"]
Basis = Literal["upgrade_from", "replaced_by", "released_on", "order"]


class Comparison(NamedTuple):
    """How one firmware stands to another, and what that rests on."""

    relation: Relation
    basis: Basis


class History:
    """The firmware of one line, and the order between any two."""

    def __init__(self, line: Line, firmware: Iterable[Firmware]) -> None:
        self.line = line
        self.firmware = tuple(sorted(firmware, key=lambda each: each.first_number))
        self._of_number = {number: each for each in self.firmware for number in each.numbers}
        self._replaced = self._followed(self._replacements)
        self._upgraded = self._followed(self._upgrades)
        self._compared: dict[tuple[Firmware, Firmware], Comparison] = {}

    def _replacements(self, gone: Firmware) -> list[Firmware]:
        return [self._of_number[n] for n in gone.replaced_by if n in self._of_number]

    def _upgrades(self, source: Firmware) -> list[Firmware]:
        """What is stated to install directly over this, unless a withdrawal sends it back."""
        return [
            each
            for each in self.firmware
            if each.sources
            and each.sources & source.numbers
            and not each.replaced_by & source.numbers
        ]

    def _followed(
        self, step: Callable[[Firmware], list[Firmware]]
    ) -> dict[Firmware, frozenset[Firmware]]:
        """What each firmware leads to, statement after statement."""
        steps = {each: step(each) for each in self.firmware}
        reached = {}
        for each in self.firmware:
            found: set[Firmware] = set()
            queue = deque(steps[each])
            while queue:
                after = queue.popleft()
                if after not in found:
                    found.add(after)
                    queue.extend(steps[after])
            reached[each] = frozenset(found - {each})
        return reached

    def compare(self, this: Firmware, other: Firmware) -> Comparison:
        """Whether `other` is newer than `this`."""
        known = self._compared.get((this, other))
        if known is None:
            known = self._compared[this, other] = self._judge(this, other)
        return known

    def _judge(self, this: Firmware, other: Firmware) -> Comparison:
        # A withdrawal is the later statement: it may send back what an upgrade brought.
        statements: tuple[tuple[Basis, dict[Firmware, frozenset[Firmware]]], ...] = (
            ("replaced_by", self._replaced),
            ("upgrade_from", self._upgraded),
        )
        for basis, after in statements:
            forward, back = other in after[this], this in after[other]
            if forward and back:
                return Comparison("unclear", basis)
            if forward or back:
                return Comparison("newer" if forward else "older", basis)
        if this.released_on and other.released_on and this.released_on != other.released_on:
            later = other.released_on > this.released_on
            return Comparison("newer" if later else "older", "released_on")
        return Comparison(_by_order(this, other), "order")

    def newer(self, this: Firmware, other: Firmware) -> bool:
        return self.compare(this, other).relation == "newer"

    @cached_property
    def latest(self) -> Firmware | None:
        """The firmware on offer that is newer than every other on offer, if there is one."""
        offered = [each for each in self.firmware if each.offered]
        for each in offered:
            if all(each is other or self.newer(other, each) for other in offered):
                return each
        return None

    def between(
        self, this: Firmware, target: Firmware, steps: tuple[Firmware, ...] = ()
    ) -> tuple[Firmware, ...]:
        """Everything newer than `this`, or a step on the way, up to `target`, oldest first."""
        left = [
            each
            for each in self.firmware
            if each is not target
            and (each in steps or (self.newer(this, each) and self.newer(each, target)))
        ]
        ordered: list[Firmware] = []
        while left:
            oldest = next(
                (one for one in left if not any(self.newer(other, one) for other in left)), left[0]
            )
            left.remove(oldest)
            ordered.append(oldest)
        return (*ordered, target)

    def path(self, this: Firmware, target: Firmware) -> tuple[Firmware, ...]:
        """The shortest stated order of installation over firmware on offer; empty if none."""
        if not target.sources:
            return ()
        came_from: dict[Firmware, Firmware] = {this: this}
        queue = deque([this])
        while queue and target not in came_from:
            source = queue.popleft()
            for each in self.firmware:
                stated = each.sources and each.sources & source.numbers
                if each not in came_from and stated and (each.offered or each is target):
                    came_from[each] = source
                    queue.append(each)
        if target not in came_from:
            return ()
        steps = [target]
        while came_from[steps[-1]] is not this:
            steps.append(came_from[steps[-1]])
        return tuple(reversed(steps))


def _by_order(this: Firmware, other: Firmware) -> Relation:
    """First CPL number, version and GBCS, where the manufacturer states nothing."""
    later = other.first_number > this.first_number
    higher = other.number > this.number
    if not (this.gbcs and other.gbcs):
        return "unclear"
    if later and higher and other.gbcs >= this.gbcs:
        return "newer"
    if not later and not higher and other.gbcs <= this.gbcs:
        return "older"
    return "unclear"

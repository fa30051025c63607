"""The organisations that answer for one partner: which return is whose, under whatever spelling."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from icsassess.domain.problems import Problem, make_problem
from icsassess.locality.locality import Locality, Partner
from icsassess.returns.matching.organisation_names import common_words, may_be_the_same, parts_of
from icsassess.returns.reading.rows.entry import ReadReturn
from icsassess.support.text import clip, listing, words

_NAMES_SHOWN = 6
_LONGEST_NAME = 60


class Organisation(NamedTuple):
    """The organisation that a return is of.

    ``key`` is the same for all returns of one organisation, ``name`` how it is shown, ``question`` the point where
    somebody has to say which organisation it is: until then its return takes the place of no other.
    """

    key: tuple[str, ...]
    name: str
    question: Problem | None = None


def organisations_of(reads: Sequence[ReadReturn], partner: Partner, locality: Locality) -> dict[str, Organisation]:
    """Tell the organisation of each return of a partner for which several answer, by the return's file.

    What ``locality.toml`` says of the file or lists as spellings counts first, then the name on the cover, without the
    words that are common to all (:mod:`icsassess.returns.matching.organisation_names`); where the cover names none,
    the file's name may name one that is known. A return that names nobody, or by its file's name another organisation
    than its cover does, stands for itself. Where two names may be one both count, and a point asks.
    """
    return _Organisations(reads, partner, locality).result()


class _Organisations:
    """The organisations of one partner's returns."""

    def __init__(self, reads: Sequence[ReadReturn], partner: Partner, locality: Locality) -> None:
        self._reads = sorted(reads, key=lambda read: read.file)
        self._partner, self._locality = partner, locality
        self._common = common_words((partner.code, partner.name, *partner.aliases, locality.name))
        self._listed = {
            words(spelling): (parts_of(one[0], self._common).telling or (words(one[0]),), one[0])
            for one in partner.organisations
            for spelling in one
        }
        self._listed_keys = dict(self._listed.values())
        self._names: dict[tuple[str, ...], str] = dict(self._listed_keys)
        self._by_cover: dict[str, tuple[str, ...]] = {}
        for read in self._reads:
            if key := self._key(read.organisation):
                self._by_cover[read.file] = key
                self._names.setdefault(key, clip(parts_of(read.organisation, self._common).shown, _LONGEST_NAME))

    def _key(self, name: str) -> tuple[str, ...]:
        """Give the key of an organisation by its name; none where the name says no more than the partner's own."""
        if (listed := self._listed.get(words(name))) is not None:
            return listed[0]
        telling = parts_of(name, self._common).telling
        same = next(
            (key for text, (key, _) in self._listed.items() if parts_of(text, self._common).telling == telling), None
        )
        return same if telling and same else telling

    def result(self) -> dict[str, Organisation]:
        organisations = {read.file: self._organisation(read) for read in self._reads}
        return self._with_questions(organisations)

    def _organisation(self, read: ReadReturn) -> Organisation:
        by_cover, by_file = self._by_cover.get(read.file, ()), self._in_name(read.file)
        owner = self._locality.owner_of(read.file)
        is_settled = bool(owner and owner.organisation)
        if by_cover and (is_settled or set(by_file) <= {by_cover}):
            return Organisation(by_cover, self._names[by_cover])
        if not by_cover and len(by_file) == 1:
            return Organisation(by_file[0], self._names[by_file[0]])
        itself = (read.file,)
        if by_cover:
            names = [self._names[key] for key in dict.fromkeys((by_cover, *by_file))]
            return Organisation(itself, " or ".join(names), self._contradiction(read, names))
        name = f"not named ({clip(PurePosixPath(read.file).name, _LONGEST_NAME)})"
        return Organisation(itself, name, self._unnamed(read) if len(self._reads) > 1 else None)

    def _in_name(self, file: str) -> list[tuple[str, ...]]:
        """Give the known organisations that a file's name or folder names, but for one that stands within another."""
        parts = PurePosixPath(file.removeprefix("returns/")).with_suffix("").as_posix()
        typed = set(parts_of(re.sub(r"[_\-./]+", " ", parts), frozenset()).telling)
        named = [key for key in self._names if set(key) <= typed]
        return [key for key in named if not any(set(key) < set(other) for other in named)]

    def _with_questions(self, organisations: dict[str, Organisation]) -> dict[str, Organisation]:
        """Ask where two names may be one: at the returns of the one that is named second."""
        keys = sorted({one.key for one in organisations.values() if one.question is None})
        doubts: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for number, key in enumerate(keys):
            for earlier in keys[:number]:
                both_listed = key in self._listed_keys and earlier in self._listed_keys
                if not both_listed and may_be_the_same(earlier, key):
                    doubts[key].append(earlier)
        asked: set[tuple[str, ...]] = set()
        for read in self._reads:
            one = organisations[read.file]
            if one.key in doubts and one.question is None and one.key not in asked:
                asked.add(one.key)
                point = self._alike(read, one.name, [self._names[other] for other in doubts[one.key]])
                organisations[read.file] = one._replace(question=point)
        return organisations

    def _contradiction(self, read: ReadReturn, names: list[str]) -> Problem:
        return self._point("organisation-contradiction", read, names=listing(names, joiner="or"), example=names[0])

    def _unnamed(self, read: ReadReturn) -> Problem:
        others = list(dict.fromkeys(self._names[key] for key in (*self._by_cover.values(), *self._listed_keys)))
        names = listing(others, joiner="or", most=_NAMES_SHOWN) if others else "another organisation"
        return self._point("organisation-unclear", read, names=names, example=others[0] if others else "Its name")

    def _alike(self, read: ReadReturn, name: str, others: list[str]) -> Problem:
        names = listing(others, joiner="or", most=_NAMES_SHOWN)
        return self._point("organisation-alike", read, name=name, names=names, example=others[0])

    def _point(self, code: str, read: ReadReturn, **more: str) -> Problem:
        return make_problem(
            code,
            found=read.organisation or None,
            partner=self._partner.code,
            file_name=PurePosixPath(read.file).name,
            partner_code=self._partner.code,
            partner_name=self._partner.name,
            **more,
        )

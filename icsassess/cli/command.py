"""A command: what cannot be done is told in words, with exit status 2, and as JSON where that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import click

from icsassess.cli.output import print_json, printing, remark

if TYPE_CHECKING:
    from icsassess.domain.problems import Problem

NEEDS_ATTENTION = 1
NOT_DONE = 2


class NotDone(click.ClickException):
    """What could not be done, and why."""

    exit_code = NOT_DONE

    def __init__(self, problem: Problem, *, as_json: bool = False) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.as_json = as_json and problem.code != "output-not-written"

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the words on standard error, and the document on standard output."""
        from icsassess.domain.problems import Refusal

        problems = [self.problem]
        if self.as_json:
            try:
                print_json({"problems": [self.problem.as_json()]})
            except Refusal as refusal:
                problems.append(refusal.problem)
        for problem in problems:
            remark(f"{problem.message}\n{problem.suggestion}".strip())


@contextmanager
def refusing(*, as_json: bool = False) -> Iterator[None]:
    """Turn a refusal, and help that cannot be printed, into what click ends the program with."""
    from icsassess.domain.problems import Refusal

    try:
        yield
    except Refusal as refusal:
        raise NotDone(refusal.problem, as_json=as_json) from refusal


class Command(click.Command):
    """A command whose refusals become :class:`NotDone`, as JSON where its own option ``--json`` was given.

    Its function gives back the result, which is printed as JSON where that was asked for (the function prints words
    otherwise); the exit status says whether the result needs attention. For example
    ``@click.command("merge", cls=Command)``.
    """

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """Read the options; printing help is all that can fail here."""
        with refusing(), printing():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        as_json = bool(ctx.params.get("as_json"))
        with refusing(as_json=as_json):
            result = super().invoke(ctx)
            if as_json:
                print_json(result.as_json())
        if getattr(result, "needs_attention", False):
            ctx.exit(NEEDS_ATTENTION)
        return result

"""The commands: wiring only. Each command's module is imported when it is called, so that help is quick."""

import importlib
import sys
from typing import Any

import click

from icsassess.cli.command import NOT_DONE, refusing
from icsassess.cli.output import is_output_written, printing
from icsassess.cli.process.startup import leave_at_once, tune
from icsassess.version import VERSION

# In the order in which a round uses them.
COMMANDS = (
    "new",
    "issue",
    "check",
    "whose",
    "merge",
    "gaps",
    "status",
    "changes",
    "agenda",
    "sign-off",
    "verify",
    "page",
    "paper",
    "rollup",
    "export",
    "adopt",
    "borrow",
)
_FOLDERS = {"whose": "settling"}
"""The folder of commands that do not lie beside this module."""


class Commands(click.Group):
    """The group of commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which a round uses them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and give the command."""
        if cmd_name not in COMMANDS:
            return None
        place = ".".join(filter(None, ("icsassess.cli", _FOLDERS.get(cmd_name), cmd_name.replace("-", "_"))))
        module = importlib.import_module(place)
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of a mistyped one say which it could be."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from icsassess.domain.problems import did_you_mean
            from icsassess.support.suggest import closest

            near = closest(name, COMMANDS)
            hint = did_you_mean(f"‘{near}’" if near else None, f"The commands are {', '.join(COMMANDS)}.")
            ctx.fail(f"There is no command ‘{name}’. {hint}")
        return super().resolve_command(ctx, args)

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """Read the options before the command's name; help or version may not be printable."""
        with refusing(), printing():
            return super().make_context(*arguments, **more)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="icsassess")
def cli() -> None:
    """Issue, read, check and merge partners' self-assessment returns into one locality RAG workbook.

    \b
    A round in four commands:
      icsassess new trafford --name Trafford --deadline 2024-01-31
      icsassess issue trafford       blank returns, one a partner, in trafford/issued
      icsassess check trafford       completed returns, put into trafford/returns, are read and checked
      icsassess merge trafford       the locality workbook, in trafford/merged
    """


def main() -> None:
    """Run the command line; a terminal that cannot show a character shows a question mark."""
    if getattr(sys, "frozen", False):  # one executable: its workers are begun as itself
        import multiprocessing

        multiprocessing.freeze_support()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    tune()
    status: int = 0
    try:
        cli(prog_name="icsassess")
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else NOT_DONE if ended.code else 0
    if not is_output_written():
        status = NOT_DONE
    leave_at_once(status)
    raise SystemExit(status)

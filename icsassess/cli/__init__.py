"""The commands: wiring only. Each command's module is imported when it is called, so that help is quick."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from contextlib import suppress
from typing import Any

import click

from icsassess.version import VERSION

# In the order in which a round uses them.
COMMANDS = (
    "new",
    "issue",
    "check",
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
    "adopt",
    "borrow",
)

NEEDS_ATTENTION = 1
NOT_DONE = 2


class Commands(click.Group):
    """The group of commands; a refusal is told in words, never as a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which a round uses them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and give the command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"icsassess.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what cannot be done is said in words, with exit status 2."""
        from icsassess.domain.problems import Refusal

        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            from icsassess.cli.output import refuse

            refuse(refusal.problem, as_json="--json" in sys.argv)
            ctx.exit(NOT_DONE)


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
    # A merge makes millions of objects and few circles. Looking for these as often as usual takes a tenth of its time;
    # to look only once, while the program is loaded, takes a twentieth of a merge of eight returns.
    gc.set_threshold(1_000_000, 20, 20)
    # Nobody asks for plug-ins of pydantic's; looking through all that is installed for some takes a while.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing here is computed with matrices; the threads that NumPy keeps for them begin by keeping processors busy.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Threads hand one another work and results a thousand times a second: five milliseconds for a turn are too long.
    sys.setswitchinterval(0.0005)
    try:
        cli(prog_name="icsassess")
    except SystemExit as ended:
        atexit.register(_leave, ended.code)
        raise


def _leave(code: object) -> None:
    """Leave at once when all is done: taking apart what is in memory, piece by piece, may take longer than a second.

    Where something printed cannot be written, the program ends in the usual way, which says so.
    """
    if isinstance(code, int):
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

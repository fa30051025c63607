"""The rules a return is checked by: a file a rule, each a predicate over one record, with the cell it points at.

``RULES`` holds every rule: each module of this package registers its own when it is imported, and importing the package
imports them all. A rule's severity and words are in ``templates/points.toml`` under its code.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from icsassess.returns.checking.rules.rule import RULES as RULES


def load_rules() -> None:
    """Import every module of this package, in the order of their names: each registers its rules."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")


load_rules()

"""Maltreated returns: a draft with a known content, what partners do to one, and what has to be read all the same.

Every module here is imported, so that a new kind of maltreatment is one file: its functions register themselves.
"""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

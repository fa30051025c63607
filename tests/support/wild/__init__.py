"""Returns in the wild: ways in which people and programs really produce one, each with what a careful reader says.

Every module here is imported, so that a new way is one function with ``@wild_return``.
"""

import importlib
import pkgutil

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

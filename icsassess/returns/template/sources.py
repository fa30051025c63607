"""Where a locality's template is: shipped with the program, or adopted and kept in the locality's own folder."""

from functools import lru_cache
from pathlib import Path

from icsassess.domain.framework import Framework
from icsassess.domain.problems import Refusal, make_problem
from icsassess.locality.locality import SETTINGS, Locality, Settings
from icsassess.returns.template.model import ReturnTemplate, return_template
from icsassess.support.data_files import adopted_ids, shipped_ids
from icsassess.support.toml_files import load

EARLIER = "earlier"


def template_path(locality: Locality) -> Path:
    """Give the file of the template that a locality's settings name."""
    name = locality.settings.template
    return shipped_ids("returns").get(name) or adopted_ids(locality.folder)[name]


def default_template() -> ReturnTemplate:
    """Give the program's own template: that of a locality whose settings name none."""
    return return_template(str(Settings.model_fields["template"].default))


def template_of(locality: Locality) -> ReturnTemplate:
    """Give the template that a locality's settings name.

    Raises ``Refusal`` where its file is faulty, and where it was made for another framework than the locality's.
    """
    name = locality.settings.template
    if name in shipped_ids("returns"):
        return return_template(name)
    template = _adopted(template_path(locality))
    _fits(template, locality.framework)
    return template


def template_of_return(locality: Locality, label: str) -> ReturnTemplate:
    """Give the template that a return was made with, by the ``label`` in its properties, such as ‘borough 1’.

    Versions that an adopted template had before are kept beside it; where one is not there, the current one is given.
    """
    current = template_of(locality)
    name, _, version = label.rpartition(" ")
    if not current.adopted or name != current.id or version == current.version or not version.isdecimal():
        return current
    path = template_path(locality).parent / EARLIER / f"{version}.toml"
    return _adopted(path) if path.is_file() else current


def rating_words(locality: Locality) -> dict[str, str]:
    """Give the rating words of the locality's template with what they mean, those of earlier versions among them."""
    template = template_of(locality)
    if not template.adopted:
        return template.ratings
    earlier: dict[str, str] = {}
    for path in sorted((template_path(locality).parent / EARLIER).glob("*.toml")):
        earlier |= _adopted(path).ratings
    return earlier | {word: meant for word, meant in template.ratings.items() if meant or word not in earlier}


def _fits(template: ReturnTemplate, framework: Framework) -> None:
    if template.framework != framework.id:
        raise Refusal(
            make_problem("template-of-another-framework", sheet=SETTINGS, found=template.id, its=template.framework,
                  framework=framework.id)
        )  # fmt: skip


def _adopted(path: Path) -> ReturnTemplate:
    """Read an adopted template; read again where the file has changed."""
    status = path.stat()
    return _loaded(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=32)
def _loaded(path: Path, changed: int, size: int) -> ReturnTemplate:
    return load(path, ReturnTemplate)

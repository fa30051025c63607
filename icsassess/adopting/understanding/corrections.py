"""What a reader says about another locality's workbook: a short text file, corrected by hand and read again."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from icsassess.domain.rag import vocabulary
from icsassess.returns.template.model import BoxField, ColumnField
from icsassess.support.data_model import DataModel
from icsassess.support.toml_files import load

CORRECTIONS = "corrections.toml"
LEAVE_OUT = "leave out"
Meaning = Literal[ColumnField, "own", "framework", "leave out"]
Box = Literal[BoxField, "own", "leave out"]


class Corrections(DataModel):
    """The corrections file: what each heading, word, title, label and sheet means, as far as somebody has said so.

    Headings are as they stand, or ``Sheet!G`` for a column without one. An empty text says: not decided.
    """

    framework: str | None = None
    columns: dict[str, Meaning] = Field(default_factory=dict)
    cells: tuple[ColumnField, ...] = ()
    ratings: dict[str, str] = Field(default_factory=dict)
    statements: dict[str, str] = Field(default_factory=dict)
    categories: dict[str, str] = Field(default_factory=dict)
    cover: dict[str, Box] = Field(default_factory=dict)
    sheets: dict[str, Annotated[str, Field(max_length=31)]] = Field(default_factory=dict)
    heading_rows: dict[str, Annotated[int, Field(ge=1, le=10_000)]] = Field(default_factory=dict)
    instructions: dict[str, bool] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ratings_are_permitted(self) -> Self:
        for word, meant in self.ratings.items():
            if meant and meant not in vocabulary().names:
                raise ValueError(f"‘{word}’ can mean {vocabulary().permitted}, or stay empty; not ‘{meant}’")
        return self


NOTHING_CORRECTED = Corrections()


def read_corrections(path: Path) -> Corrections:
    """Give what was corrected, nothing where there is no such file yet. Raises ``Refusal`` with line and reason."""
    return load(path, Corrections) if path.exists() else NOTHING_CORRECTED

"""What is worked out once for each key: a dictionary, because nothing is asked more often."""

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V], Generic[K, V]):
    """What ``work_out`` makes of each key: ``memo[key]``. People type the same few texts again and again.

    At most ``most`` are remembered (any number where there is none), and only those that ``comes_again`` says.
    """

    def __init__(
        self,
        work_out: Callable[[K], V],
        most: float = float("inf"),
        comes_again: Callable[[K], bool] = lambda key: True,
    ) -> None:
        super().__init__()
        self._work_out, self._most, self._comes_again = work_out, most, comes_again

    def __missing__(self, key: K) -> V:
        """Work out what is new."""
        value = self._work_out(key)
        if len(self) < self._most and self._comes_again(key):
            self[key] = value
        return value

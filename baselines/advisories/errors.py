"""What is wrong with a file of advisories."""

from collections.abc import Sequence

from collector.errors import XunjianError


class AdvisoryError(XunjianError):
    """An advisory file cannot be used; holds everything that is wrong with it, not only the first."""

    def __init__(self, file: str, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"advisory file {file} cannot be used, {len(problems)} to correct:\n{lines}")


class BundleError(XunjianError):
    """The bundle of advisories in the data folder cannot be used, or not be written."""

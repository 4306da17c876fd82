"""What is told of a training: on what, how it was tested, how well it went, and what is not to be believed."""

from dataclasses import dataclass

from huntui.models.metrics import Measured


@dataclass(frozen=True, slots=True)
class Importance:
    """How much worse the model is when the values of one column are shuffled among the alerts it is tested on."""

    feature: str
    loss: float
    """Mean of what is lost of the area under the ROC curve or, of several classes, of the balanced accuracy."""
    spread: float
    """Standard deviation over repetitions."""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How much there is of a class."""

    name: str
    alerts: int
    objects: int
    tested: int
    """Alerts it was tested on."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a reader needs to judge a model."""

    name: str
    origins: tuple[str, ...]
    """Where alerts and labels come from."""
    test: str
    """On what it was tested, as a sentence."""
    counts: tuple[ClassCount, ...]
    features: tuple[str, ...]
    measured: Measured
    importances: tuple[Importance, ...]
    """The most important first."""
    settings: str
    """Trees, leaves, seed and version of the library."""
    exactness: float
    """Largest difference between a score of the ONNX file and the library's."""
    model_bytes: int
    cautions: tuple[str, ...]
    """What the reader should know, a sentence each."""

    @property
    def loss_of(self) -> str:
        """What the importances are losses of."""
        return "area under the ROC curve" if len(self.measured.classes) == 2 else "balanced accuracy"

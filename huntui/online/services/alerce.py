"""ALeRCE: its object of a ZTF name, and the probabilities of its classifiers.

After the ZTF API v1 of https://api.alerce.online/ztf/v1 and the client `alerce` 2.2. Classes are those of the
light-curve classifiers (Sánchez-Sáez et al. 2021, AJ 161, 141) and of the stamp classifier (Carrasco-Davis et al. 2021,
AJ 162, 231).
"""

from pydantic import Field

from huntui.config import LookupsConfig
from huntui.online.answer import Answer, Subject
from huntui.online.asker import Asker, Heard, heard, heard_list, joined
from huntui.online.server import printable
from huntui.online.services.service import NOT_KNOWN

BELIEVED = (
    "lc_classifier_bhrf_forced_phot",
    "lc_classifier",
    "stamp_classifier_2025_beta",
    "stamp_classifier",
)
"""Classifiers, the one to believe first: those that saw the light curve go before those that saw one picture."""

_PAGE = "https://alerce.online/object/"


class _Object(Heard):
    ndet: int | None = None


class _Probability(Heard):
    classifier_name: str = Field(max_length=200)
    classifier_version: str | None = Field(default=None, max_length=200)
    class_name: str = Field(max_length=200)
    probability: float = Field(ge=0, le=1)


class AlerceService:
    """Two questions: does it know the object, and what do its classifiers say."""

    def __init__(self, config: LookupsConfig, api_key: str) -> None:  # noqa: ARG002 (it wants none)
        """Take the address from the configuration."""
        self.endpoint = config.alerce

    def question(self, subject: Subject) -> str:
        """Ask by name."""
        return subject.object_id

    async def ask(self, subject: Subject, asker: Asker) -> Answer:
        """Return the likeliest class of the classifier that is believed first."""
        link = joined(_PAGE, subject.object_id)
        url = joined(self.endpoint, "objects", subject.object_id)
        found = await asker.ask("GET", url)
        if found is None:
            return Answer("ALeRCE", NOT_KNOWN, link=link)
        detections = heard(_Object, found).ndet
        seen = "" if detections is None else f"{detections:,} detections"
        told = await asker.ask("GET", f"{url}/probabilities")
        best = _best(heard_list(_Probability, told or []))
        if best is None:
            return Answer("ALeRCE", f"knows it and has no class for it{seen and f'; {seen}'}", link=link)
        name, classifier = printable(best.class_name, 60), printable(best.classifier_name, 60)
        says = f"{name} with {best.probability:.2f} by {classifier}{seen and f'; {seen}'}"
        return Answer("ALeRCE", says, name, best.probability, link=link)


def _best(told: list[_Probability]) -> _Probability | None:
    """Return the likeliest class by one classifier in its newest version: probabilities of several do not compare."""
    for believed in BELIEVED:
        of_it = [one for one in told if one.classifier_name.lower() == believed]
        if of_it:
            newest = max(one.classifier_version or "" for one in of_it)
            of_newest = (one for one in of_it if (one.classifier_version or "") == newest)
            return max(of_newest, key=lambda one: one.probability)
    return None

"""`huntui group` and what `huntui run` has for groups: wrong calls are told before a broker is asked."""

import pytest
from calling import Huntui

NOWHERE = ("--source", "kafka://127.0.0.1:1/night")
FOUND = ["--source=simulated", "--date=20240707", "--set=simulate.count=20"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["group"], "Missing argument 'GROUP'"),
        (["group", "", *NOWHERE], "names nothing"),
        (["group", "a"], "Which night?"),
        (["group", "a", *FOUND], "a group shares a topic; give --source kafka://host:port/topic."),
        (["group", "a", *NOWHERE, "--follow", "--export", "a.csv"], "leave --export out"),
        (["group", "a", *NOWHERE, "--columns", "acai_h", "--export", "a.csv"], "a group shares none"),
        (["group", "a", *NOWHERE, "--max-alerts", "3"], "No such option"),
        (["run", *NOWHERE, "--group", ""], "--group '': names nothing"),
        (["run", *NOWHERE, "--share"], "name it by --group or kafka.group.id"),
        (["run", *NOWHERE, "--share", "--group", "a", "--no-cache"], "nothing is; leave them out"),
        (["run", *NOWHERE, "--share", "--group", "a", "--max-alerts", "3"], "nothing is; leave them out"),
        (["run", *NOWHERE, "--set", "kafka.share=2"], "kafka.share: must be true or false."),
        (["run", *FOUND, "--group", "a", "--share"], "are about a topic of Kafka"),
    ],
)
def test_a_wrong_call_is_one_sentence(huntui: Huntui, call: list[str], told: str) -> None:
    """It names the option, and nothing is printed."""
    said = huntui(*call)
    assert (said.code, said.out) == (2, "")
    assert told in said.err

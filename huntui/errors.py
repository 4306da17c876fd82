"""The tree of errors. Only `huntui.cli` turns a branch into an exit code.

HuntuiError                 one sentence for a person: what, where, what to do
├── WorkError               exit code 1: the call was right, the work failed
│   ├── SourceError         a night cannot be read: no such folder, no packets in it
│   │   └── MissingError    it is not there
│   ├── FetchError          a night cannot be downloaded
│   ├── SchedulerError      the scheduler of a sweep is not there, or not any more
│   ├── AskError            a public service gives no answer about an object
│   ├── StoreError          hunts cannot be kept: a full disk, a damaged file
│   └── ExportError         a file cannot be written
│       └── ExistsError     it is there already; who allows it to be changed can have it written
└── CallError               exit code 2: the call was wrong
    ├── ConfigError         config.yaml, --config or --set
    ├── SessionError        a file that should hold a session
    ├── CardError           a score card that is refused
    ├── CutsError           a stage or a cuts file
    │   └── ExpressionError an expression of the language, with the place in it
    ├── ModelError          a model, its sidecar, or weights that are not there
    │   └── LabelError      labels to train a model with, or a training that they do not allow
    └── HuntError           a hunt file
"""


class HuntuiError(Exception):
    """An error that is explained to the user in one sentence; `str()` is that sentence."""


class WorkError(HuntuiError):
    """The call was right, the work failed."""


class SourceError(WorkError):
    """A night cannot be read."""


class MissingError(SourceError):
    """A night is not there."""


class FetchError(WorkError):
    """A night cannot be downloaded; the sentence names the address, and what is there of it."""


class SchedulerError(WorkError):
    """The scheduler of a sweep is not there, or not any more."""


class AskError(WorkError):
    """A public service gives no answer; said in a few words without its name and without a full stop."""


class StoreError(WorkError):
    """Hunts cannot be kept, or those that were cannot be read."""


class ExportError(WorkError):
    """An export cannot be written."""


class ExistsError(ExportError):
    """A file is there already, and nobody has allowed it to be changed; the sentence says what would become of it."""


class CallError(HuntuiError):
    """The call was wrong: an option, a file or an expression."""


class ConfigError(CallError):
    """A configuration value cannot be used; the sentence names the file and the key."""


class SessionError(CallError):
    """A file holds no session that can be gone on with."""


class CardError(CallError):
    """A file holds no score card, or one that is refused; the sentence names the first thing that is wrong."""


class CutsError(CallError):
    """A stage or a file of cuts cannot be used."""


class ExpressionError(CutsError):
    """An expression cannot be used.

    `place` is the 0-based column in `expression` where the trouble starts, `length` how many characters it spans.
    """

    def __init__(self, message: str, expression: str = "", place: int = 0, length: int = 1) -> None:
        super().__init__(message)
        self.expression, self.place, self.length = expression, place, length


class ModelError(CallError):
    """A model cannot be used: its file, its sidecar, or what it reads; the sentence names the file."""


class LabelError(ModelError):
    """Labels cannot be used, or are too few or too much alike to train with."""


class HuntError(CallError):
    """A hunt file cannot be used."""


def nearest(name: str, known: "list[str] | tuple[str, ...]") -> str:
    """Return ` Did you mean 'x'?` for the known name most like `name`, or an empty string when none is close."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=0.6)
    return f" Did you mean {close[0]!r}?" if close else ""

"""The editor of a stage: what is typed is checked at every key, and what is right runs at once."""

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.errors import CutsError, ExpressionError
from huntui.features.registry import columns, kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.draft import Draft, draft_of
from huntui.funnel.fields import StageFields, check_free_name, fields_of, unknown_word, with_knob
from huntui.funnel.language.complete import complete
from huntui.session.commands import Change
from huntui.session.stage_edit import StageEdit
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import clean, wrapped
from huntui.tui.widgets.completion_list import CompletionList
from huntui.tui.widgets.condition import Condition
from huntui.tui.widgets.knob_table import KnobTable
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.stage_counts import counted

_OUTCOME_LINES = 3
_LONGEST_NAME = 200


class EditStage(Dialog[str]):
    """Fields of a stage, what is wrong with them, and what the stage does; gives back the stage's name, or None.

    The newest draft that was right runs for as long as what is typed is not.
    """

    BINDINGS = bindings("edit")
    AUTO_FOCUS = "#condition"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (23, "-middling"), (32, "-high")]  # noqa: RUF012
    panel = "edit"

    def __init__(
        self, engine: EngineFace, draft: Draft, keymap: dict[str, str], *, new: bool = False, after: str | None = None
    ) -> None:
        super().__init__("A new stage" if new else f"Edit {clean(draft.name)}", keymap)
        self._engine, self._given, self._new = engine, draft, new
        self._edit = StageEdit(draft, new=new, after=after)
        first = fields_of(draft)
        self._stage_name = LineInput(first.name, compact=True, most=_LONGEST_NAME, id="stage-name")
        self._stage_title = LineInput(first.title, compact=True, most=_LONGEST_NAME, id="title")
        self._condition, self._knobs = Condition(first.keep), KnobTable(first.knobs)
        self._completions, self._missing = CompletionList(), first.missing
        self._outcome, self._counts = plain("", id="outcome"), Static(id="stage-counts")
        self._missing_shown = Static(id="missing")
        self._first = self._fields()
        self._draft: Draft | None = None if new else draft
        self._wrong: CutsError | None = None
        self._put_by_choice = first.keep
        self._asked_again = False

    def inside(self) -> list[Widget]:
        """Return the fields, the line about them, knobs or completions, and the counts."""
        return [
            Horizontal(plain("name", classes="label"), self._stage_name, self._missing_shown, classes="row"),
            Horizontal(plain("title", classes="label"), self._stage_title, classes="row"),
            Horizontal(plain("keep", classes="label"), self._condition, id="condition-row"),
            self._outcome,
            Vertical(self._knobs, self._completions, id="below"),
            self._counts,
        ]

    def on_mount(self) -> None:
        """Say how the stage stands."""
        self._condition.move_cursor(self._condition.document.end)
        self._check()
        self.show(self._engine.latest)

    def on_resize(self) -> None:
        """Say it in the new width."""
        self._say_how_it_stands()
        self._count(self._engine.latest)

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot: what the stage does now, or that it is not there any more."""
        if not self.is_mounted:
            return
        if snapshot.cuts is not None:
            found = next((draft_of(stage) for stage in snapshot.cuts.stages if stage.name == self._edit.name), None)
            elsewhere = self._edit.changed_elsewhere
            self._send(self._edit.see(found, snapshot.message))
            if self._edit.changed_elsewhere != elsewhere or (snapshot.message and not self._edit.runs):
                self._say_how_it_stands(snapshot.message)
        self._count(snapshot)

    def _count(self, snapshot: Snapshot) -> None:
        name = self._edit.name if self._edit.runs else None
        self._counts.update(counted(snapshot, name, self._counts.size.width), layout=False)

    def _send(self, commands: list[Change]) -> None:
        for command in commands:
            self._engine.send(command)

    # What is typed

    def _fields(self) -> StageFields:
        return StageFields(
            self._stage_name.value,
            self._stage_title.value,
            self._condition.written,
            self._knobs.knobs,
            self._missing,
            self._given.enabled,
        )

    def _others(self) -> tuple[str, ...]:
        cuts = self._engine.latest.cuts or NO_CUTS
        return tuple(stage.name for stage in cuts.stages if stage.name != self._edit.name)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what was typed."""
        event.stop()
        self._typed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Check what was typed, and offer what its last word may become."""
        event.stop()
        self._typed()
        self._offer()

    def on_text_area_selection_changed(self) -> None:
        """Take the list away when the cursor leaves its word."""
        found = self._completions.found
        if (
            found is not None
            and found.text == self._condition.written
            and not (found.start <= self._condition.cursor <= found.stop)
        ):
            self._completions.close()
            self._arrange()

    def on_descendant_focus(self) -> None:
        """Take the list away when another field is typed into."""
        if not self._condition.has_focus:
            self._completions.close()
            self._arrange()

    def _typed(self) -> None:
        self._asked_again = False
        self._check()
        if self._draft is not None:
            self._send(self._edit.put(self._draft))
        self._count(self._engine.latest)
        self._say_how_it_stands()

    def _check(self) -> None:
        """Learn what the fields make: a draft, or what is wrong with them; a wrong name keeps no draft from running."""
        fields = self._fields()
        self._draft, self._wrong = None, None
        try:
            self._draft = self._given if fields == self._first and not self._new else self._checked(fields)
            check_free_name(fields.name, self._others())
        except CutsError as error:
            self._wrong = error
        if isinstance(self._wrong, ExpressionError):
            self._condition.mark(self._wrong.place, self._wrong.length)
        else:
            self._condition.unmark()
            self._knobs.show_idle(fields.used(kinds()))
        self._say_how_it_stands()

    def _checked(self, fields: StageFields) -> Draft:
        name = fields.name
        try:
            check_free_name(name, self._others())
        except CutsError:
            name = self._edit.name
        draft = fields.draft(kinds(), name)
        return draft_of(draft.build(kinds()))

    # What is said

    def _say_how_it_stands(self, message: str = "") -> None:
        if self._edit.gone:
            words, wrong = "This stage is not in the funnel any more: the cuts were written anew. Esc leaves.", True
        elif message and not self._edit.runs:
            words, wrong = message, True
        elif self._wrong is not None:
            words, wrong = self._complaint(self._wrong), bool(self._condition.written.strip())
        else:
            words, wrong = self._praise(), False
        if wrong != self._outcome.has_class("error"):
            self._outcome.set_classes("error" if wrong else "quiet")
        self._say(words)
        missing = Content.assemble(("unknown: ", "$muted"), (f"{self._missing:6} ", "bold"), ("F3", "$accent"))
        self._missing_shown.update(missing, layout=False)
        self._arrange()

    def _say(self, words: str) -> None:
        lines = wrapped(words, max(20, self._outcome.size.width or 72))
        self._outcome.update(Content("\n".join(lines[:_OUTCOME_LINES])), layout=False)

    def _complaint(self, error: CutsError) -> str:
        words = str(error)
        words = words[:1].upper() + words[1:]
        if self._asked_again:
            runs = "keeps the last good condition" if self._edit.runs else "leaves without a stage"
            return f"{words} Enter again {runs}."
        if isinstance(error, ExpressionError):
            if word := unknown_word(error, kinds()):
                words += f" F2 makes {clean(word)} a knob."
            return f"{words} The last good condition runs on." if self._edit.runs else words
        return words

    def _praise(self) -> str:
        used = self._draft.knobs if self._draft else ()
        idle = [knob.name for knob in self._knobs.knobs if knob.name not in {one.name for one in used}]
        goes = f" {clean(', '.join(idle))}: not used, and gone when you are done." if idle else ""
        if self._edit.changed_elsewhere:
            return f"The cuts were written anew meanwhile; what you type now replaces this stage of theirs.{goes}"
        return f"It runs: every count follows.{goes}"

    # Completions

    def _offer(self) -> None:
        condition, text = self._condition, self._condition.written
        if text == self._put_by_choice or not condition.has_focus:
            self._completions.close()
        else:
            found = complete(text, condition.cursor, columns(), [knob.name for knob in self._knobs.knobs])
            self._completions.show(found, text[found.start : condition.cursor])
        self._put_by_choice = ""
        self._arrange()

    def _arrange(self) -> None:
        """Let completions and knobs share their place, so that nothing else moves."""
        self._knobs.display = not self._completions.is_open

    def _choose(self) -> bool:
        """Write the marked completion and return whether there was one."""
        found, choice = self._completions.found, self._completions.marked
        if found is None or choice is None:
            return False
        text, cursor = found.put(choice)
        self._put_by_choice = text
        self._completions.close()
        self._condition.put(text, cursor)
        self._arrange()
        return True

    def on_completion_list_clicked(self) -> None:
        """Write the choice that was clicked."""
        self._choose()

    # What keys do

    def action_edit_done(self) -> None:
        """Take the marked completion, or keep what runs and go back."""
        self.after_typing(self._done)

    def _done(self) -> None:
        if self._choose():
            return
        self._completions.close()
        self._check()
        if self._wrong is not None and not self._asked_again and not self._edit.gone:
            self._asked_again = True
            self._say_how_it_stands()
            return
        name = self._edit.name
        try:
            check_free_name(self._stage_name.value, self._others())
            name = self._stage_name.value
        except CutsError:
            pass
        runs = self._edit.runs
        self._send(self._edit.finish(self._draft, name))
        self.dismiss(name if runs else None)

    def action_leave_edit(self) -> None:
        """Close the list, or leave the stage as it was."""
        if self._completions.is_open:
            self._completions.close()
            self._arrange()
            return
        self._send(self._edit.give_up())
        self.dismiss(None)

    def action_next_field(self) -> None:
        """Take a completion, or go to the next field."""
        if self._completions.is_open:
            self._completions.mark_first()
            self._choose()
        else:
            self.focus_next()

    def action_previous_field(self) -> None:
        """Go to the field before."""
        self.focus_previous()

    def action_field_down(self) -> None:
        """Go down in the list or in the condition, else to the next field."""
        if self._completions.is_open:
            self._completions.go(1)
        elif self._condition.has_focus and not self._condition.cursor_at_last_line:
            self._condition.action_cursor_down()
        else:
            self.focus_next()

    def action_field_up(self) -> None:
        """Go up in the list or in the condition, else to the field before."""
        if self._completions.is_open:
            self._completions.go(-1)
        elif self._condition.has_focus and not self._condition.cursor_at_first_line:
            self._condition.action_cursor_up()
        else:
            self.focus_previous()

    def action_make_knob(self) -> None:
        """Make the unknown word of the condition a knob."""
        word = unknown_word(self._wrong, kinds()) if isinstance(self._wrong, ExpressionError) else None
        self._completions.close()
        if word is None:
            self._outcome.update(
                Content("F2 makes a word that is no column a knob: type it first, as in rb >= rb_min.")
            )
            self._arrange()
            return
        self._knobs.replace(with_knob(self._fields(), word, columns(), kinds()).knobs)
        self._typed()

    def action_switch_missing(self) -> None:
        """Change what becomes of an alert about which the condition cannot say."""
        self._missing = "keep" if self._missing == "reject" else "reject"
        self._typed()

"""Models and JSON → the same, with everything masked that must not be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
from msgspec.structs import replace

from sigmic_jupyter.service.mask import GrowingText
from sigmic_jupyter.service.models import SETTLED_CALL_STATUSES, CallStatus, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from sigmic_jupyter.service.mask import Mask
    from sigmic_jupyter.service.models import Output, Task, Thought, ToolCall

    Masking = Callable[[str], str]

__all__ = ["Snapshots", "masked"]

T = TypeVar("T")

# Words of the service's own, on which everything turns: no secret, whatever it is, spoils them.
_STATUSES = frozenset({*TaskStatus, *CallStatus})


def masked(value: T, text: Masking) -> T:
    """Mask every text of a model or of parsed JSON, the names in objects too.

    In free JSON, such as arguments, a number whose digits are a secret becomes text.

    Args:
        value: The model or JSON.
        text: Masks a text.
    """
    result: Any = value
    if isinstance(value, str):
        result = text(value)
    elif isinstance(value, msgspec.Struct):
        result = _model(value, text)
    elif isinstance(value, dict):
        result = _object(value, text)
    elif isinstance(value, list):
        result = [_item(item, text) for item in value]
    elif isinstance(value, tuple):
        result = tuple(masked(item, text) for item in value)
    return cast("T", result)


class Snapshots:
    """Masks the successive snapshots of one task, looking only at what is new of them.

    What may still grow (the content, the last thought, what a call gives that runs) is shown
    without its end as long as that may become a secret.

    Args:
        mask: What must not be seen.
    """

    __slots__ = ("_before", "_content", "_finder", "_mask", "_seen")

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._finder = mask.finder
        self._content = GrowingText(mask)
        self._seen: dict[str, str] = {}
        self._before: dict[str, str] = {}

    def masked(self, task: Task) -> Task:
        """Mask the newest snapshot."""
        is_known = self._finder is self._mask.finder
        self._before, self._seen = self._seen if is_known else {}, {}
        self._finder = self._mask.finder
        shown = masked(replace(task, output=None), self._text)
        if task.output is None:
            return shown
        return replace(shown, output=self._output(task.output, growing=not task.is_final))

    def _output(self, output: Output, *, growing: bool) -> Output:
        return replace(
            output,
            content=self._content.text(output.content, growing=growing),
            updated_at=masked(output.updated_at, self._text),
            thoughts=(
                *masked(output.thoughts[:-1], self._text),
                *(self._thought(thought, growing=growing) for thought in output.thoughts[-1:]),
            ),
            tool_calls=tuple(self._call(call, growing=growing) for call in output.tool_calls),
        )

    def _thought(self, thought: Thought, *, growing: bool) -> Thought:
        return replace(
            thought,
            subject=self._mask.text(thought.subject, growing=growing),
            description=self._mask.text(thought.description, growing=growing),
        )

    def _call(self, call: ToolCall, *, growing: bool) -> ToolCall:
        if call.output is None or not growing or call.status in SETTLED_CALL_STATUSES:
            return masked(call, self._text)
        output = self._mask.text(call.output, growing=True)
        return replace(masked(replace(call, output=None), self._text), output=output)

    def _text(self, text: str) -> str:
        shown = self._before.get(text)
        if shown is None:
            shown = self._mask.text(text)
        self._seen[text] = shown
        return shown


def _model(model: msgspec.Struct, text: Masking) -> msgspec.Struct:
    fields = msgspec.structs.asdict(model)
    if fields.get("status") in _STATUSES:
        del fields["status"]
    return replace(model, **{name: masked(value, text) for name, value in fields.items()})


def _object(values: dict[Any, Any], text: Masking) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for name, value in values.items():
        shown = masked(name, text)
        while shown in result:  # two forms of a secret as names: no argument is lost
            shown += " again"
        result[shown] = _item(value, text)
    return result


def _item(value: Any, text: Masking) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        digits = str(value)
        shown = text(digits)
        return value if shown == digits else shown
    return masked(value, text)

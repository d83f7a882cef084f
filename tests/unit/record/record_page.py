"""What a browser would make of a record, and records with one text in each place for it."""

import copy
import json
import pathlib
from html import escape
from html.parser import HTMLParser
from itertools import product

from sigmic_jupyter.widget.digest import canonical
from sigmic_jupyter.widget.record import styles

CONTRACT = pathlib.Path(__file__).parents[3] / "contract" / "traits"
EXAMPLES = {path.stem: json.loads(path.read_text()) for path in sorted(CONTRACT.glob("*.json"))}

VOID = {"br", "hr"}
TAGS = VOID | {
    *("a", "blockquote", "code", "del", "details", "div", "em", "h3", "h4", "h5", "h6", "li"),
    *("ol", "p", "pre", "span", "strong", "summary", "table", "tbody", "td", "th", "thead"),
    *("tr", "ul"),
}
ATTRIBUTES = {
    "a": {"href", "rel", "target"},
    "ol": {"start", "style"},
    **{key: {"class", "style"} for key in ("div", "h3", "h4", "h5", "h6")},
}

STYLES = (
    {text for name, text in vars(styles).items() if name.isupper() and isinstance(text, str)}
    | {*styles.HEADINGS, *styles.MARKS.values(), styles.row(), styles.row(last=False)}
    | {
        styles.cell(head=a, last=b, nowrap=c, wide=d, align=align)
        for a, b, c, d in product((False, True), repeat=4)
        for align in ("left", "center", "right")
    }
)


class Page(HTMLParser):
    """Elements with their attributes, text, and whether every element is closed in its order."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.texts = []
        self.strange = []
        self._open = []
        self.feed(html)
        self.close()
        self.strange += self._open

    @property
    def text(self):
        return "".join(self.texts)

    def of(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.strange.append(f"/{tag}")

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.strange.append(data)

    handle_decl = unknown_decl = handle_pi = handle_comment

    def foreign(self):
        """What is not from the allow-list, and what is not well-formed."""
        found = list(self.strange)
        for tag, attributes in self.elements:
            if tag not in TAGS or set(attributes) - ATTRIBUTES.get(tag, {"style"}):
                found.append((tag, attributes))
            if attributes.get("style", "") not in STYLES | {""}:
                found.append((tag, attributes["style"]))
        return found


def outline(html):
    """The elements without their looks: of the attributes those that say something."""
    made = Outline(html)
    return "".join(made.texts)


class Outline(Page):
    def handle_starttag(self, tag, attrs):
        super().handle_starttag(tag, attrs)
        said = "".join(f' {key}="{escape(v)}"' for key, v in attrs if key in {"href", "start"})
        self.texts += [] if tag == "span" else [f"<{tag}{said}>"]

    def handle_endtag(self, tag):
        super().handle_endtag(tag)
        self.texts += [] if tag == "span" else [f"</{tag}>"]

    def handle_data(self, data):
        self.texts.append(escape(data, quote=False))


def texts_of(html):
    """The cells of all tables of the record's own, as their texts, row by row."""
    rows = [row.split("</tr>")[0] for row in html.split("<tr")[1:]]
    return [[Page(f"<td{cell}").text for cell in row.split("<td")[1:]] for row in rows]


def with_text(text):
    """A task in which everything that others can write is this text, but the answer."""
    args = {text: text, "nested": {text: [text]}}
    call = {"call_id": "one", "tool_name": text, "args": args, "args_json": None}
    row = {"first_seen_at": None, "settled_at": None, "waiting_at": None, "resumed_at": None}
    changed = {
        "task_id": text,
        "status": text,
        "message": text,
        "timeline": [
            {**row, "id": "t", "kind": "thought", "subject": text, "description": text},
            {**row, "id": "c", "kind": "tool_call", "call_id": "one"},
        ],
        "tool_calls": [{**call, "status": text, "output": text, "description": text}],
        "pending_approvals": [
            {**call, "call_id": "two", "description": text, "waiting_at": text}
            | {"policy_error": text}
        ],
        "decisions": [
            {
                **call,
                "args_json": canonical(args),
                "outcome": text,
                "by": {"kind": "policy", "name": text},
                "state": text,
                "decided_at": text,
                "confirmed_at": text,
                "error": {"kind": text, "message": text, "hint": text},
                "reason": {"text": text, "state": text, "error": {"message": text}},
            }
        ],
        "content": "",
        "conversation": [],
        "artifacts": [{"name": text, "path": text, "size": 1, "mime_type": text}],
        "error": {"kind": text, "message": text, "hint": text, "http_status": None, "code": text},
        "created_at": text,
    }
    return copy.deepcopy(EXAMPLES["completed"]) | changed


def with_answer(text):
    """A finished task that answers this."""
    return EXAMPLES["completed"] | {"content": text}

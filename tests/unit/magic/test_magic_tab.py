"""What Tab offers, with jedi and without."""

from __future__ import annotations

import pytest
from IPython.core.completer import provisionalcompleter

from sigmic_jupyter import Client
from sigmic_jupyter.magics.options import COMMANDS, MESSAGE

KEY = "sigmic_" + "0123456789abcdef" * 4


@pytest.fixture(params=[True, False], ids=["jedi", "no jedi"])
def complete(request, shell):
    """Complete at the end of a text, as a kernel does."""
    shell.Completer.use_jedi = request.param

    def at_end(text):
        with provisionalcompleter():
            found = list(shell.Completer.completions(text, len(text)))
        return [text[: each.start] + each.text for each in found]

    return at_end


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("%%sigmic --fi", ["%%sigmic --files", "%%sigmic --fill"]),
        ("%%sigmic --approve --a", ["%%sigmic --approve --as"]),
        ("%%sigmic --transport p", ["%%sigmic --transport poll"]),
        ("%%sigmic --transport=p", ["%%sigmic --transport=poll"]),
        ("%%sigmic --transport poll --tr", []),
        ('%%sigmic --system "a b" --wa', ['%%sigmic --system "a b" --wait']),
        ("%sigmic ", ["%sigmic attach", "%sigmic list"]),
        ("%sigmic at", ["%sigmic attach"]),
        ("task = %sigmic at", ["task = %sigmic attach"]),
        ("x = 1\n  %sigmic list --li", ["x = 1\n  %sigmic list --limit"]),
        ("%sigmic attach some-id --po", ["%sigmic attach some-id --policy"]),
        ("%sigmic attach some-id --app", []),
    ],
)
def test_options_are_completed(complete, text, completed):
    """Options of the very command that were not given yet, and what they can be."""
    assert complete(text) == completed


def test_all_options_are_offered(complete):
    """After a space Tab lists all of them, and nothing else."""
    assert complete("%%sigmic ") == [f"%%sigmic {name}" for name in COMMANDS[MESSAGE]]


def test_variables_are_offered_where_they_fit(complete, shell):
    """A policy is a function or a mapping, a client is a client."""
    mine = Client(KEY)
    shell.user_ns |= {"my_rules": {"*": None}, "my_client": mine, "my_list": [], "_my": {}}

    assert complete("%%sigmic --policy my") == ["%%sigmic --policy my_rules"]
    assert complete("%%sigmic --client my") == ["%%sigmic --client my_client"]
    assert complete("%%sigmic --env ") == ["%%sigmic --env Out", "%%sigmic --env my_rules"]


def test_files_are_offered(complete, tmp_path):
    """Each of several files is completed, in folders too."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sales.csv").touch()
    (tmp_path / "sales.csv").touch()

    assert complete("%%sigmic --files sa") == ["%%sigmic --files sales.csv"]
    assert complete("%%sigmic --files sales.csv data/s") == [
        "%%sigmic --files sales.csv data/sales.csv"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "%%sigmic --wait\n--fi",
        "x = 1\n%%sigmic --fi",
        "sigmic --fi",
        "%%sigmically --fi",
        '%%sigmic --system "a --fi',
    ],
)
def test_elsewhere_nothing_is_offered(complete, text):
    """The message, other magics and text in quotation marks are none of ours."""
    assert not any(each.endswith("--files") for each in complete(text))


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_the_stateful_completer_does_the_same(shell):
    """`shell.complete`, which consoles use, knows them too."""
    assert shell.complete(None, "%%sigmic --fi", 13) == ("--fi", ["--files", "--fill"])


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_unloading_takes_it_away(shell):
    """After `%unload_ext` there is neither the magic nor its completion; reloading adds one."""
    shell.run_line_magic("reload_ext", "sigmic_jupyter")
    assert shell.complete(None, "%%sigmic --fi", 13)[1] == ["--files", "--fill"]
    assert len(shell.Completer.custom_matchers) == 1

    shell.run_line_magic("unload_ext", "sigmic_jupyter")

    assert shell.Completer.custom_matchers == []
    assert shell.find_line_magic("sigmic") is None
    assert shell.find_cell_magic("sigmic") is None

"""Names of saved files, whatever the service says."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sigmic_jupyter.widget.files.names import LONGEST_NAME_BYTES, file_name

# Surrogates too: not all that is a str is text.
ANY_TEXT = st.text(st.characters(codec=None))
HOSTILE = st.lists(
    st.sampled_from(
        [
            *("..", ".", "/", "\\", " ", "~", "-", ":", "C:", "\0", "\n", "_", "x", ".csv"),
            *("CON", "nul", "COM¹", "LPT9", "\u202e", "\u2215", "\uff0f", "\u0301", "e", "\ud800"),
            *("\uff41" * 100, "x" * 300, "\U0001f600" * 70),
        ]
    ),
    max_size=8,
).map("".join)
PATHS = st.one_of(HOSTILE, ANY_TEXT)


@pytest.mark.parametrize(
    "name",
    [
        "sales.csv",
        "räte.csv",
        "売上 2026.xlsx",
        "שלום.txt",
        "a.b.tar.gz",
        "README",
        "a__b--c.csv",
        "100% (final), [v2] & more's = #1 @home;!$`{}^+.txt",
        "console.log",
        "COM10.txt",
        "auxiliary",
        "x" * 251 + ".csv",
    ],
)
def test_a_good_name_stays(name):
    """What is a name on every system is kept to the letter."""
    assert file_name(f"downloads/{name}", name) == name


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # Elsewhere.
        ("downloads/deep/er/x.csv", "x.csv"),
        ("../../x.csv", "x.csv"),
        ("/etc/passwd", "passwd"),
        ("//host/share/x.csv", "x.csv"),
        ("\\\\host\\share\\x.csv", "x.csv"),
        ("..\\..\\x.csv", "x.csv"),
        ("C:\\Windows\\x.csv", "x.csv"),
        ("C:x.csv", "C_x.csv"),
        ("\\\\?\\C:\\x.csv", "x.csv"),
        ("downloads/..", "unnamed"),
        ("downloads/", "unnamed"),
        ("", "unnamed"),
        ("...", "unnamed"),
        (" . . ", "unnamed"),
        ("~", "_"),
        ("~root", "_root"),
        ("PROGRA~1.TXT", "PROGRA_1.TXT"),
        ("a\u2215b\uff0fc\uff3cd\u2044e.csv", "a_b_c_d_e.csv"),
        ("..\u2215..\u2215x.csv", "__.._x.csv"),
        # Another file, or none.
        ("x.csv:hidden", "x.csv_hidden"),
        ("x.csv::$DATA", "x.csv_$DATA"),
        ("x.csv.", "x.csv"),
        ("x.csv. . .", "x.csv"),
        ("x.csv   ", "x.csv"),
        ("CON", "_CON"),
        ("con.csv", "_con.csv"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("nul .txt", "_nul .txt"),
        ("nul. ", "_nul"),
        ("COM1.txt", "_COM1.txt"),
        ("com¹.txt", "_com¹.txt"),
        ("lpt0", "_lpt0"),
        ("CONIN$", "_CONIN$"),
        ('a<b>c"d|e?f*g', "a_b_c_d_e_f_g"),
        # Hidden, or read as an option.
        (".bashrc", "_bashrc"),
        ("..x", "_x"),
        ("-rf", "_rf"),
        ("--.x", "_x"),
        # Not what it seems.
        ("x\0.csv", "x_.csv"),
        ("x\r\n\x1b[31m.csv", "x_[31m.csv"),
        ("annexe\u202evsc.exe", "annexe_vsc.exe"),
        ("pay\u200bpal\ufeff.csv", "pay_pal_.csv"),
        ("x\U000e0041\U000e0042.csv", "x_.csv"),
        ("x\u3164\u2800\ufe0f.csv", "x_.csv"),
        ("x\uf03ay.csv", "x_y.csv"),
        ("x\ud800.csv", "x_.csv"),
        ("x\u2028y", "x_y"),
        ("a\u00a0\u3000b.csv", "a b.csv"),
        ("invoice.pdf" + " " * 50 + ".exe", "invoice.pdf .exe"),
        # The same name in one form alone.
        ("re\u0301sume\u0301.txt", "r\u00e9sum\u00e9.txt"),
        ("K\u212a.txt", "KK.txt"),
        # Too long, in bytes.
        ("x" * 300 + ".csv", "x" * 251 + ".csv"),
        ("ä" * 200 + ".csv", "ä" * 125 + ".csv"),
        ("\U0001f600" * 70 + ".csv", "\U0001f600" * 62 + ".csv"),
        ("x." + "y" * 300, "x." + "y" * 253),
        ("x" * 250 + " " + "y" * 10 + ".csv", "x" * 250 + ".csv"),
    ],
)
def test_what_is_no_good_name_becomes_one(path, expected):
    """Whatever could lead elsewhere, hide or mislead is replaced, and the rest stays."""
    assert file_name(path) == expected


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("downloads/x.csv", "y.csv", "x.csv"),
        ("downloads/", "y.csv", "y.csv"),
        ("..", "../y.csv", "y.csv"),
        ("..", "..", "unnamed"),
    ],
)
def test_the_name_stands_in(path, name, expected):
    """The service's own name counts only where the path ends in none."""
    assert file_name(path, name) == expected


@given(PATHS, PATHS)
@example("x" * 254 + ".", "")
@example("CON" + " " * 300 + "x", "")
def test_any_path_becomes_a_child(path, name):
    """The result is one part of a path, on POSIX and on Windows, in any folder."""
    made = file_name(path, name)

    for kind in (PurePosixPath, PureWindowsPath):
        assert (kind("folder") / made).parent == kind("folder")
        assert (kind("folder") / made).name == made
    assert made not in {"", ".", ".."}
    assert not set("/\\\0") & set(made)


@given(PATHS, PATHS)
def test_any_path_becomes_a_valid_name(path, name):
    """The result can be encoded, is short enough, and Windows takes it as it is."""
    made = file_name(path, name)

    assert 0 < len(made.encode()) <= LONGEST_NAME_BYTES
    assert not PureWindowsPath(made).is_reserved()
    assert not set('<>:"|?*') & set(made)
    assert made[-1] not in ". "
    assert made[0] not in ".-~ "
    assert {unicodedata.category(character) for character in made}.isdisjoint(
        {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )


@given(PATHS, PATHS)
def test_a_made_name_is_stable(path, name):
    """The name of a file with that name is that name, in whatever form a system gives it back."""
    made = file_name(path, name)

    assert file_name(made) == made
    for form in ("NFC", "NFD"):
        assert file_name(unicodedata.normalize(form, made)) == made


@given(PATHS)
def test_the_folder_makes_no_difference(path):
    """Only the last part counts."""
    assert file_name(f"uploads/{path}") == file_name(f"..\\{path}")

import pytest
from record_page import Page, outline, with_answer

from sigmic_jupyter.widget.record import record_html
from sigmic_jupyter.widget.record.answer_html import answer_html


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "a *b* **c** ~~d~~ `e`",
            "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>",
        ),
        ("# a\n\n###### b", "<h3>a</h3><h6>b</h6>"),
        ("a  \nb\nc", "<p>a<br>b\nc</p>"),
        ("> a\n>\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("7. a\n   - b", '<ol start="7"><li>a<ul><li>b</li></ul></li></ol>'),
        ("- [ ] a\n- [x] b\n- [y] c", "<ul><li>☐ a</li><li>☑ b</li><li>[y] c</li></ul>"),
        ("```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("    a", "<pre><code>a\n</code></pre>"),
        ("---", "<hr>"),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            (
                "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
                "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
            ),
        ),
        ("|a|\n|-|", "<table><thead><tr><th>a</th></tr></thead></table>"),
        ("<b>a</b> &amp; &lt;", "<p>&lt;b&gt;a&lt;/b&gt; &amp; &lt;</p>"),
        ("a\x00b\u202ec\u200bd", "<p>a⟦U+0000⟧b⟦U+202E⟧c⟦U+200B⟧d</p>"),
        ("&#x202e;", "<p>⟦U+202E⟧</p>"),
        ("👩\u200d🔬 می\u200cر", "<p>👩\u200d🔬 می\u200cر</p>"),
    ],
)
def test_markdown_becomes_html(markdown, expected):
    """Each form of Markdown becomes its element; HTML and hidden characters are text."""
    assert outline(answer_html(markdown)) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("[a](https://a.example/x?y=1&z)", '<a href="https://a.example/x?y=1&amp;z">a</a>'),
        ("[a](http://a.example)", '<a href="http://a.example">a</a>'),
        ("[a](mailto:me@a.example)", '<a href="mailto:me@a.example">a</a>'),
        ("<https://a.example/>", '<a href="https://a.example/">https://a.example/</a>'),
        ("[www.a.example](https://a.example)", '<a href="https://a.example">www.a.example</a>'),
        (
            "[bank.example](https://evil.example/)",
            '<a href="https://evil.example/">bank.example</a> (leads to <code>evil.example</code>)',
        ),
        (
            "[https://bank.example/login](https://bank.example.evil.example/)",
            (
                '<a href="https://bank.example.evil.example/">https://bank.example/login</a>'
                " (leads to <code>bank.example.evil.example</code>)"
            ),
        ),
        (
            "[me@bank.example](mailto:me@evil.example)",
            (
                '<a href="mailto:me@evil.example">me@bank.example</a>'
                " (leads to <code>evil.example</code>)"
            ),
        ),
        (
            "[a](https://b\u0430nk.example)",
            (
                '<a href="https://xn--bnk-6cd.example">a</a>'
                " (leads to <code>xn--bnk-6cd.example</code>)"
            ),
        ),
        ("[a](downloads/x.csv)", "a (<code>downloads/x.csv</code>)"),
        ("[a](javascript:alert(1))", "a (<code>javascript:alert(1)</code>)"),
        ("[a]()", "a"),
        (
            "![b](https://a.example/x.png)",
            'Image from <a href="https://a.example/x.png">a.example</a> not loaded: b',
        ),
        ("![](x.png)", "Image not loaded"),
        (
            "[![b](https://a.example/x.png)](https://c.example)",
            '<a href="https://c.example">Image from a.example not loaded: b</a>',
        ),
    ],
)
def test_links_say_where_they_lead(markdown, expected):
    """Links are shown with the host where their words name another; images are never loaded."""
    assert outline(answer_html(markdown)) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "answer",
    [
        ">" * 10_000 + " a",
        "> " * 10_000 + "a",
        "- " * 10_000 + "a",
        "1. " * 10_000 + "a",
        "".join(f"{' ' * 2 * depth}- a\n" for depth in range(300)),
        "*a **b " * 3_000 + "c** d* " * 3_000,
        "[" * 10_000 + "a" + "](https://a.example)" * 10_000,
        "![" * 10_000 + "a" + "](https://a.example)" * 10_000,
        "`" * 10_000 + "a",
        "|" * 10_000 + "\n" + "|-" * 10_000 + "|\n|a|\n",
        "~~" * 10_000 + "a",
        "&#x202e;" * 5_000,
    ],
    ids=lambda answer: answer[:6],
)
def test_nesting_is_bounded(answer):
    """What is nested without end becomes text at some depth, and little is added."""
    html = record_html(with_answer(answer))
    page = Page(html)

    assert page.foreign() == []
    assert "a" in page.text
    assert len(html) < 60 * len(answer) + 100_000


def test_what_is_nested_too_deep_is_not_lost():
    """The text below the deepest level is shown as it was written."""
    assert "the very bottom" in Page(answer_html("> " * 100 + "the very bottom\n\nafter")).text


def test_a_long_answer_is_left_to_the_page_s_own_styles():
    """What it says is the same, also where it speaks of styles; only the styles are gone."""
    section = (
        'A style="color:red" and <b style="x">, [`a`](https://a.example/?b="c").\n\n'
        "| a | b |\n| - | -: |\n| 1 | 2 |\n\n- x\n- y\n\n"
    )
    styled, plain = answer_html(section * 2), answer_html(section * 400)
    short, long = Page(styled), Page(plain)

    assert len(section * 400) > 30_000
    assert any("style" in attributes for _, attributes in short.elements)
    assert not any("style" in attributes for _, attributes in long.elements)
    assert long.strange == []
    assert long.text == short.text * 200
    assert [tag for tag, _ in long.elements] == [tag for tag, _ in short.elements] * 200

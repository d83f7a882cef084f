import csv
from collections import Counter, defaultdict
from xml.etree import ElementTree as ET

import pytest

from sigmic_jupyter.simulator.scenarios import (
    analyst,
    choose,
    expiring,
    failing,
    follow_up,
    greeter,
    leaking,
    report,
    samples,
    thinker,
    uploading,
)

NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("message", "files", "is_first", "script"),
    [
        ("Report on this", ["uploads/a.txt", "uploads/Sales.CSV"], True, analyst.run),
        ("And this one", ["uploads/b.csv"], False, analyst.run),
        ("fail", [], False, follow_up.run),
        ("A failing report", [], True, failing.run),
        ("Write REPORTS", [], True, report.run),
        ("Make sample files", [], True, samples.run),
        ("Think!", ["uploads/a.txt"], True, thinker.run),
        ("Let it expire", [], True, expiring.run),
        ("A leaky agent", [], True, leaking.run),
        ("Upload it", [], True, uploading.run),
        ("Rethink it", [], True, greeter.run),
        ("", [], True, greeter.run),
    ],
)
def test_choice(message, files, is_first, script):
    """A simple rule picks the script."""
    assert choose(message, files, is_first=is_first) is script


@pytest.fixture
def figures(sales):
    """Sums by region, and orders, from the file itself."""
    sums, rows = defaultdict(Counter), Counter()
    with sales.open(newline="") as file:
        for row in csv.DictReader(file):
            rows[row["region"]] += 1
            for column in ("units", "gross_eur", "net_eur"):
                sums[row["region"]][column] += float(row[column])
    return {
        region: {"rows": rows[region]} | {name: round(value, 2) for name, value in total.items()}
        for region, total in sums.items()
    }


def test_analyst(api, sales, figures):
    """The analysis has the right figures in its answer, its table and its chart."""
    task_id = api.create("Sum up", files=[("sales.csv", sales.read_bytes())])
    content = api.until(task_id, "completed")["output"]["content"]
    table = api.download(task_id, "downloads/revenue_by_region.csv").text
    chart = ET.fromstring(api.download(task_id, "downloads/revenue_by_region.svg").content)  # noqa: S314 - our own
    written = {
        row.pop("region"): {name: float(value) for name, value in row.items()}
        for row in csv.DictReader(table.splitlines())
    }
    labels = {text.text for text in chart.iter(f"{NAMESPACE}text")}
    assert written == figures
    assert all(
        f"| {region} | {sums['net_eur']:,.2f} |" in content for region, sums in figures.items()
    )
    assert f"**{sum(sums['net_eur'] for sums in figures.values()):,.2f}** in 200 rows" in content
    assert "**West** fell the most" in content
    assert figures.keys() <= labels
    assert content.count("- [x] ") == 4


@pytest.mark.parametrize("text", ["", "a\n1\n2\n", "name\nx\ny\n", "a,b\nx,1\ny,2\n"])
def test_analyst_without_groups(api, text):
    """A file with nothing to group by is said to be one."""
    task_id = api.create("Sum up", files=[("odd.csv", text.encode())])
    content = api.until(task_id, "completed")["output"]["content"]
    assert "`uploads/odd.csv` has no column to group by, or none to add up." in content


def test_analyst_with_gaps(api):
    """Missing and odd values count as nothing, in other files too."""
    text = "team;points\nred;1\nred;x\n;4\nblue\nblue;2\nblue;inf\n"
    text = text.replace("x", "").replace("inf", "0.5")
    task_id = api.create("Sum up", files=[("games.csv", text.encode())])
    content = api.until(task_id, "completed")["output"]["content"]
    assert "## points by team" in content
    assert "- [ ] Every row has a value for `team`" in content
    assert api.download(task_id, "downloads/by_team.csv").text == (
        "team,rows,points\n(none),1,4.00\nblue,3,2.50\nred,2,1.00\n"
    )


def test_report(api):
    """The report is long, and streams in many pieces."""
    content = api.until(api.create("Write a report"), "completed")["output"]["content"]
    assert 15_000 < len(content) < 20_000


def test_thinker(api):
    """The thinker has a dozen thoughts, real results and a short answer."""
    output = api.until(api.create("Think"), "completed")["output"]
    assert len(output["thoughts"]) == 12
    assert [call["output"].split()[0] for call in output["toolCalls"]] == ["1229", "168"]
    assert output["content"].startswith("There are **1,229 primes** below 10,000.")


def test_failing(api):
    """The failing script ends as a failed task that keeps what was said."""
    task = api.until(api.create("Fail"), "failed")
    assert task["error"] == failing.ERROR
    assert task["output"]["content"] == "The data has two parts. The first part shows that "

import csv
import io

import pytest

from iqn.exports import Column, csv_lines, csv_response, defused

COLUMNS = [Column("Title", lambda row: row[0]), Column("Count", lambda row: row[1])]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "＝1+1", "\n=1"]
)
def test_formulas_are_defused(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["plain", "1-2", "a=b", "été", ""])
def test_other_texts_stay(text):
    assert defused(text) == text


def test_reads_back():
    rows = [('He said "hi", twice', 3), ("line\nbreak", None)]

    text = "".join(csv_lines(COLUMNS, rows))

    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:]))) == [
        ["Title", "Count"], ['He said "hi", twice', "3"], ["line\nbreak", ""],
    ]  # fmt: skip


def test_is_a_download_with_the_day():
    response = csv_response(COLUMNS, [("a", 1)], name="initiatives")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="initiatives-20')
    assert b"".join(response).decode() == "\ufeffTitle,Count\r\na,1\r\n"

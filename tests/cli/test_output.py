"""Colour, folding and tables."""

import io

import pytest

from planner.cli.output import Output, fold
from planner.cli.tables import Cell, Column, write_table


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


@pytest.fixture
def terminal():
    return Terminal(io.BytesIO(), encoding="utf-8", write_through=True)


def test_that_a_terminal_gets_colour(terminal):
    assert Output(terminal, {}).coloured("a", "32") == "\x1b[32ma\x1b[0m"


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_that_nobody_gets_colour_against_their_will(terminal, environ):
    assert Output(terminal, environ).coloured("a", "32") == "a"


def test_that_a_file_gets_no_colour():
    assert Output(io.TextIOWrapper(io.BytesIO()), {}).coloured("a", "32") == "a"


def test_that_colour_takes_no_column(terminal):
    out = Output(terminal, {})
    columns = (Column("Name"), Column("Figure", is_number=True))
    write_table(out, columns, [[Cell("one", "32"), Cell("1")], [Cell("three"), Cell("33")]])
    text = terminal.buffer.getvalue().decode()
    for code in ("\x1b[1m", "\x1b[32m", "\x1b[0m"):
        text = text.replace(code, "")
    assert text.splitlines() == ["Name   Figure", "one         1", "three      33"]


def test_that_every_sign_keeps_its_one_column_in_plain_text():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    Output(stream, {}).line("●◐◔○–×−’…·ü")
    assert stream.buffer.getvalue() == b"#+/o-x-'~-?\n"


def test_that_half_a_character_does_not_stop_the_output():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    Output(stream, {}).line("a\ud800b")
    assert stream.buffer.getvalue() == b"a?b\n"


def test_that_no_output_at_all_takes_everything():
    out = Output(None, {})
    out.line("anything")
    out.flush()
    out.abandon()


def test_that_folded_text_keeps_its_words_and_its_width():
    text = "word " * 60 + "x" * 200
    folded = fold(text, indent="  ", width=40)
    assert folded.split() == text.split()
    assert all(len(line) <= 40 or "x" in line for line in folded.splitlines())
    assert all(line.startswith("  ") for line in folded.splitlines())

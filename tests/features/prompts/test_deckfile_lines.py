"""Deck files: each format's faults have the line and column an editor shows."""

import pytest

from bot.features.prompts.deckfile import MAX_BYTES, Fault, Format
from tests.features.prompts.test_deckfile import codes, each_format, faults

TOML = '''# Ours
[[prompt]]   # the first
text = """
It says
[[prompt]]
text = "no"
"""

[[ "prompt" ]]
"text" = \'\'\'
[[prompt]]\'\'\'
options = [
  "a", # ] and "
  "b",
]
%s
'''


@pytest.mark.parametrize(
    ("last", "fault"),
    [
        ("colour = 1", Fault(16, 1, "unknown-field", "colour")),
        ("  'author' = 1", Fault(16, 3, "wrong-type", "author")),
        ("language.code = 'fr'", Fault(16, 1, "wrong-type", "language")),
        ("[prompt.image]\nsize = 3", Fault(16, 1, "wrong-type", "image")),
        ("\n[[prompt]]", Fault(17, None, "empty-text")),
        ("[deck]\na = 1\nb = 2", Fault(16, 1, "unknown-field", "deck")),
        ("[deck.of.ours]\na = 1", Fault(16, 1, "unknown-field", "deck")),
        ("text = 1", Fault(16, 9, "syntax", "Cannot overwrite a value")),
        ("key = 'a", Fault(16, None, "syntax", "")),
        ("a.b.c.d.e.f.g.h.i.j = 1", Fault(16, 18, "syntax", "key")),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_toml_lines_are_right_past_strings_that_look_like_tables(
    last: str, fault: Fault, newline: str
) -> None:
    [found] = faults((TOML % last).replace("\n", newline), "toml")
    assert found._replace(detail=found.detail if fault.detail else "") == fault


def test_toml_fields_of_the_whole_file_are_unknown() -> None:
    assert codes("name.of.it = 1\nlanguage = 'en'\n[[prompt]]\ntext = 'a'", "toml") == [
        (1, "unknown-field"),
        (2, "unknown-field"),
    ]


@pytest.mark.parametrize("data", ["prompt = 3", "prompt = [{text = 'a'}]", "[prompt]\ntext = 'a'"])
def test_toml_prompts_have_to_be_tables_of_their_own(data: str) -> None:
    assert codes(data, "toml") == [(1, "wrong-type")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ('[\n {"text": "a"},\n {"text": 3}\n]', [Fault(3, 3, "wrong-type", "text")]),
        (
            '[{"text": "a"},\n\n"b", null]',
            [Fault(3, 1, "wrong-type", "prompt"), Fault(3, 6, "wrong-type", "prompt")],
        ),
        ('[{"text": "a",\n "text": "b"}]', [Fault(2, 2, "repeated-field", "text")]),
        ('[{"text": "a",\n "colour": {"x": [1]}}]', [Fault(2, 2, "unknown-field", "colour")]),
        ('[{"text": "a"}\n{"text": "b"}]', [Fault(2, 1, "syntax", "Expecting ','")]),
        ('[{"text": "a"},\n]', [Fault(2, 1, "syntax", "Expecting value")]),
        ('[{"text": "a"}]\n\n]', [Fault(3, 1, "syntax", "Expecting ''")]),
        ('{"text": "a"}', [Fault(1, 1, "not-a-list")]),
        ('[{"options": ["a", 1],\n "text": "?"}]', [Fault(1, 3, "wrong-type", "options")]),
        ("[{}]", [Fault(1, None, "empty-text")]),
    ],
)
def test_json_faults_have_their_line_and_column(data: str, found: list[Fault]) -> None:
    assert faults(data, "json") == found


def test_json_tells_the_faults_before_the_point_where_it_breaks() -> None:
    assert codes('[{"text": ""},\n{"text": "a"', "json") == [(1, "empty-text"), (2, "syntax")]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("text,colour\na,b\nc,d\n", [Fault(1, 2, "unknown-field", "colour")]),
        ("text,text\na,b\n", [Fault(1, 2, "repeated-field", "text")]),
        ("\nauthor,key\nx,y\n", [Fault(2, None, "missing-column", "text")]),
        ('text,key\n"a\n\nb",k\nc,d,e\n', [Fault(5, 3, "extra-cell", "e")]),
        ('text,key\n"a\nb",k\n,d\n', [Fault(4, None, "empty-text")]),
        (
            'text,key\n"a\r\nb\rc",k\nd,"e f"g\n',
            [Fault(5, None, "syntax", "',' expected after '\"'")],
        ),
        ('text\na\n"b\nc\n', [Fault(3, None, "syntax", "unexpected end of data")]),
    ],
)
def test_csv_faults_have_the_line_their_row_starts_on(data: str, found: list[Fault]) -> None:
    assert faults(data, "csv") == found


@each_format
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("é".encode("utf-16"), Fault(1, None, "utf-16")),
        ("é".encode("utf-32"), Fault(1, None, "utf-16")),
        (b"a\r\nb\rc\xe9", Fault(3, None, "not-utf8", "e9")),
        (b"a\nb\0", Fault(2, None, "nul-byte")),
        (b"x" * (MAX_BYTES + 1), Fault(1, None, "too-large", "1048577")),
    ],
)
def test_a_file_that_is_no_utf8_text_is_refused_by_name(
    format: Format, data: bytes, fault: Fault
) -> None:
    assert faults(data, format) == [fault]

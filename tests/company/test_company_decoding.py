import codecs

import pytest

from askworthy.company.extract.decoding import decode
from askworthy.errors import PageUnreadable


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_the_usual_encodings_are_told_apart(encoding):
    assert decode("Grüße für £5 – “ja”".encode(encoding)) == "Grüße für £5 – “ja”"


def test_a_byte_order_mark_of_the_other_end_is_read():
    assert decode(codecs.BOM_UTF16_BE + "naïve".encode("utf-16-be")) == "naïve"


def test_markup_says_its_encoding():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Привет'
    assert "Привет" in decode(page.encode("cp1251"), markup=True)


def test_pages_that_say_latin_1_mean_windows_1252():
    assert "–" in decode(b"<meta charset=iso-8859-1><p>5 \x96 6", markup=True)


@pytest.mark.parametrize("name", ["punycode", "zip", "unicode_escape", "no-such-thing"])
def test_codecs_that_are_no_page_encodings_are_not_used(name):
    assert "£" in decode(f"<meta charset={name}>".encode() + b"\xa3", markup=True)


def test_a_few_broken_bytes_do_not_make_a_page_windows_1252():
    assert "Grüße über Köln" in decode("Grüße über Köln ".encode() + b"\xff")


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x89PNG\r\n\x1a\n\0\0", b"text \0 text", b"\x01\x02\x03\x04 ab"])
def test_binary_data_is_refused(data):
    with pytest.raises(PageUnreadable, match="binary"):
        decode(data)

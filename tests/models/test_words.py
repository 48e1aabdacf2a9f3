from __future__ import annotations

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Replace

from pipeline.models.words import Pieces, find_name, split_sentences, split_words


def written(text: str) -> str:
    return " ".join(word.text for word in split_words(text))


@pytest.mark.parametrize(
    ("glued", "words"),
    [
        pytest.param("SAP fell; OracleandSAPsaid so", "SAP fell ; Oracle and SAP said so", id="a chain of names"),
        pytest.param("Nokia fell as Nokiasaid", "Nokia fell as Nokia said", id="behind a known name"),
        pytest.param("forNokia", "for Nokia", id="before a capital"),
        pytest.param("inNokia: Nokia fell", "in Nokia : Nokia fell", id="two letters before a known name"),
    ],
)
def test_a_word_stuck_to_a_name_comes_off(glued: str, words: str) -> None:
    assert written(glued) == words


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("James met Jameson", id="the rest is no function word"),
        pytest.param("West passed Westover", id="a short name may go on"),
        pytest.param("Bolt met Boltto", id="two letters behind a short name"),
        pytest.param("Anderson fell", id="no such name elsewhere"),
        pytest.param("inNokia", id="two letters before a name that stands nowhere else"),
        pytest.param("Oracle and SAP met ORACLEANDSAP", id="all in capitals"),
    ],
)
def test_a_word_stays_whole_where_cutting_is_not_safe(text: str) -> None:
    assert written(text) == text


def test_words_of_a_cut_text_keep_their_characters() -> None:
    text = "SAP fell. OracleandSAPsaid so"
    assert all(text[word.start : word.end] == word.text for word in split_words(text))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Acme Corp. bought Bolt. It paid cash.", 2, id="legal form"),
        pytest.param("Acme hired Mr. Smith. He left.", 2, id="title of a person"),
        pytest.param("The U.S. Army paid. Acme delivered.", 2, id="country"),
        pytest.param("J. P. Smith sold Acme.", 1, id="initials"),
        pytest.param("Acme paid on Jan. 5 in cash.", 1, id="month"),
        pytest.param('"We sold." Acme left.', 2, id="quotation"),
        pytest.param("It rose 1.5 points.", 1, id="decimal point"),
        pytest.param("Sold! To whom? Acme.", 3, id="every mark"),
        pytest.param("Acme buys Mr.\nBolt paid", 2, id="line break, whatever stands before it"),
        pytest.param("\n\n  \n", 0, id="nothing but space"),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


def test_sentences_have_no_space_around_them() -> None:
    text = "  Acme sold. \n\n Bolt bought.  "
    assert [text[start:end] for start, end in split_sentences(text)] == ["Acme sold.", "Bolt bought."]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("Acme Corp", "Acme\nCorp", id="white space"),
        pytest.param("Moody's", "Moody’s", id="quotes"),
        pytest.param("SAP", "SAP fell as SAPsaid so", id="glued"),
    ],
)
def test_a_name_is_found_however_it_is_set(name: str, text: str) -> None:
    assert find_name(name, text)[0][0] == 0


@pytest.fixture
def pieces() -> Pieces:
    tokenizer = Tokenizer(WordPiece({"[UNK]": 100, "phone": 1, "##s": 2}, unk_token="[UNK]"))
    tokenizer.normalizer = Replace("~", "")
    return Pieces(tokenizer.to_str())


@pytest.mark.parametrize(("word", "ids"), [("phones", (1, 2)), ("zebra", (Pieces.UNKNOWN,)), ("~", (Pieces.UNKNOWN,))])
def test_every_word_has_at_least_one_piece(pieces: Pieces, word: str, ids: tuple[int, ...]) -> None:
    assert pieces.of(word) == ids

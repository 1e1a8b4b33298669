"""Contacts: vCard 2.1, 3.0 and 4.0, mixed in one file, and what is left out of it."""

from datetime import date

import pytest

from tests.exchange.incoming import left_out, of, refused
from therapist_tui.domain.incoming.values import FileKind

MIXED = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=81lvarez;Jos=\r\n=C3=A9;Mar=C3=ADa\r\n"
    "TEL;HOME:416 555 0100\r\nTEL;CELL:416 555 0101\r\nBDAY:19900304\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\nVERSION:3.0\nN:Chen;Bo;;;\nFN:Dr Bo Chen\nNICKNAME:Bobo\nitem1.EMAIL;TYPE=home:home@x.org\n"
    "EMAIL;TYPE=INTERNET,PREF:bo@x.org\nNOTE:allergic\\, to nuts\\nand more\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\n BBBB\nEND:VCARD\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:1\r\nFN:Cy Day\r\nBDAY:--0304\r\nTEL;VALUE=uri;PREF=1:tel:+1-416\r\nEND:VCARD\r\n"
)


def test_three_versions_in_one_file() -> None:
    reading = of(MIXED)
    assert (reading.kind, reading.rejects, reading.questions) == (FileKind.CONTACTS, (), ())
    jose, bo, cy = (one.draft for one in reading.clients)
    assert (jose.name, jose.phone, jose.born_on) == ("José María Álvarez", "416 555 0101", date(1990, 3, 4))
    assert (bo.name, bo.preferred_name, bo.email) == ("Bo Chen", "Bobo", "bo@x.org")
    assert bo.remarks == "allergic, to nuts\nand more"
    assert (cy.name, cy.phone, cy.born_on) == ("Cy Day", "+1-416", None)


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""))


LEFT_OUT = {
    "no name": (card("TEL:1"), "The contact has no name."),
    "a company": (card("FN:Acme", "X-ABShowAs:COMPANY"), "It is a company or a group, not a person."),
    "a group": (card("KIND:group", "FN:Team"), "It is a company or a group, not a person."),
    "no birth date": (card("FN:Ana", "BDAY:soon"), "The birth date “soon” is no date."),
    "not closed": ("BEGIN:VCARD\r\nFN:Ana\r\n", "The contact is not closed."),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_contact_that_is_no_client_is_left_out_by_itself(case: str) -> None:
    text, why = LEFT_OUT[case]
    assert [one.draft.name for one in of(card("FN:Bo Chen") + text).clients] == ["Bo Chen"]
    assert left_out(card("FN:Bo Chen") + text) == [(5, why)]


def test_bytes_that_are_no_letters_cost_one_contact() -> None:
    content = card("FN:José").encode() + card("FN:Zoë").encode("cp1252")
    assert [one.draft.name for one in of(content).clients] == ["José"]
    assert left_out(content) == [(5, "The contact holds bytes that are no letters.")]


BOMBS = {
    "a picture of megabytes": card("FN:Ana", f"PHOTO;ENCODING=b:{'A' * 3_000_000}"),
    "ten thousand numbers": card("FN:Ana", *["TEL:416 555 0101"] * 10_000),
    "soft breaks": "BEGIN:VCARD\r\nFN:Ana\r\nNOTE;ENCODING=QUOTED-PRINTABLE:"
    + "x=\r\n" * 100_000
    + "\r\nEND:VCARD\r\n",
}


@pytest.mark.parametrize("case", BOMBS)
def test_what_was_made_to_harm_is_a_contact_like_others(case: str) -> None:
    (ana,) = of(BOMBS[case]).clients
    assert ana.draft.name == "Ana"
    assert len(ana.draft.remarks) <= 2_000


def test_a_book_of_too_many_or_none_is_refused() -> None:
    assert refused("BEGIN:VCARD\r\nEND:VCARD\r\n" * 20_001).startswith("That address book holds 20,001 contacts")
    assert refused("BEGIN:VCARDS\r\n") == "That address book holds no contacts."

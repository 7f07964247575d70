"""Notes: the chain holds a salted digest; the text can go."""

from luoshi.ledger.note import Note

# What `printf 'salt\\n三所学校' | sha256sum` says.
DIGEST = "sha256:383e9ea8ff553533e046def5b9e5f538cb49b08a6f17d576ffb35d71d1ea8d1d"


def test_the_chain_holds_digest_and_length():
    reference = Note(salt="salt", text="三所学校").ref
    assert (reference.digest, reference.length) == (DIGEST, 4)


def test_only_the_same_salt_and_text_are_of_it():
    reference = Note(salt="salt", text="三所学校").ref
    assert Note(salt="salt", text="三所学校").is_of(reference)
    assert not Note(salt="salt", text="四所学校").is_of(reference)
    assert not Note(salt="other", text="三所学校").is_of(reference)
    # Once text and salt are erased nothing is of it any more.
    assert not Note(salt="", text="").is_of(reference)

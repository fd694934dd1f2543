"""A name that nobody has: it takes as long to say that a password is wrong, and none is right."""

import pytest
from argon2.exceptions import VerifyMismatchError

from clinic.accounts import hash_of_nobody
from tests.clinic.passwords import STRONG


def test_a_name_that_does_not_exist_costs_what_a_real_one_costs_and_no_password_is_right() -> None:
    nobody = hash_of_nobody(STRONG)
    assert nobody != hash_of_nobody(STRONG)
    assert not STRONG.check_needs_rehash(nobody), "it has the price of a clinic's own hashes"
    with pytest.raises(VerifyMismatchError):
        STRONG.verify(nobody, "")

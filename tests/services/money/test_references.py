"""References survive what people do to them, and no slip passes as another's reference."""

import pytest

from freelance_app.errors import InvalidError
from freelance_app.services.money import references

FIGURES = slice(len(references.PREFIX), None)


def refused(reference: str) -> bool:
    try:
        references.clean(reference)
    except InvalidError:
        return True
    return False


@pytest.fixture(params=range(30))
def reference(request):
    return references.new()


def test_one_wrong_character_is_found(reference):
    figures = reference[FIGURES]
    for place, right in enumerate(figures):
        for wrong in set(references.ALPHABET) - {right}:
            assert refused(figures[:place] + wrong + figures[place + 1 :])


def test_two_neighbours_that_changed_places_are_found(reference):
    figures = reference[FIGURES]
    for place in range(len(figures) - 1):
        swapped = list(figures)
        swapped[place], swapped[place + 1] = swapped[place + 1], swapped[place]
        if swapped != list(figures):
            assert refused("".join(swapped))


def test_case_spaces_and_look_alikes_do_not_matter(reference):
    typed = reference.lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert references.clean(f" {typed} ") == reference


@pytest.mark.parametrize("typed", ["", "DEP-", "DEP-7K3M", "DEP-7K3MQ99", "DEP-7U3MQ9", "€€€€€€"])
def test_what_is_no_reference_is_refused(typed):
    with pytest.raises(InvalidError) as error:
        references.clean(typed)
    assert error.value.field == "reference"

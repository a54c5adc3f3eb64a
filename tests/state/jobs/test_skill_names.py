"""Skills as typed: understood, completed, suggested."""

import pytest

from freelance_app.services.talent.vocabulary import Choice
from freelance_app.state.jobs import skill_names

SKILLS = [
    Choice("accessibility", "Accessibility"),
    Choice("cpp", "C++"),
    Choice("react", "React"),
    Choice("react-native", "React Native"),
    Choice("typescript", "TypeScript"),
]


def names(text: str) -> list[str]:
    return [each.name for each in skill_names.matching(text, SKILLS)]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("", []),
        (" , ,", []),
        ("react native, TYPESCRIPT", ["react-native", "typescript"]),
        ("React, react", ["react"]),
        ("C++", ["cpp"]),
        ("Telepathy", ["telepathy"]),
        ("%, _", []),
    ],
)
def test_names_with_commas_are_understood(text, slugs):
    assert [each for each in skill_names.slugs_of(text, SKILLS) if each] == slugs


def test_the_text_of_a_post_reads_as_somebody_would_type_it():
    assert skill_names.text_of(["typescript", "react"], SKILLS) == "React, TypeScript"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rea", ["React", "React Native"]),
        ("React, nat", ["React Native"]),
        ("React, rea", ["React Native"]),
        ("script", ["TypeScript"]),
        ("React", []),
        ("React, ", []),
        ("xyz", []),
    ],
)
def test_suggestions_complete_the_last_name(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("", "React", "React, "),
        ("rea", "React", "React, "),
        ("TypeScript, rea", "React Native", "TypeScript, React Native, "),
        ("TypeScript, ", "React", "TypeScript, React, "),
        ("React", "React Native", "React, React Native, "),
        ("React, ", "React", "React, "),
        ("typo", "React", "typo, React, "),
    ],
)
def test_a_pressed_name_takes_the_place_of_the_letters(text, name, whole):
    assert skill_names.completed(text, name, SKILLS) == whole

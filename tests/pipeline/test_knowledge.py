"""The files of knowledge are what officials read and correct: any YAML parser must take them."""

from pathlib import Path

import pytest
import yaml

from pipeline import knowledge

FILES = sorted(path.name for path in Path(knowledge.__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_the_same_to_the_strict_parser(name: str):
    """PyYAML's own, which takes the place of libyaml's where that is missing, takes less."""
    text = knowledge.read_text(name)
    assert yaml.load(text, Loader=yaml.SafeLoader) == knowledge.load_yaml(name)

"""Every text exists in both languages, is used, and has the same places to fill."""

import re
from pathlib import Path
from string import Formatter

import pytest

from flows import messages
from pipeline.knowledge import load_yaml

FOLDER = Path(messages.__file__).parent
TEXTS = load_yaml("commands.yaml")


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_both_languages_say_the_same(key: str):
    texts = TEXTS[key]
    assert texts.keys() == {"en", "vi"}
    assert _places(texts["en"]) == _places(texts["vi"])


def test_texts_and_code_know_the_same_keys():
    modules = [*FOLDER.glob("*.py"), *(FOLDER.parent / "web").rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in modules)
    said = set(re.findall(r"[\"']([a-z_]+\.[a-z_.{}]+)[\"']", code))
    patterns = [re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(key))) for key in said]
    unused = [key for key in TEXTS if not any(p.fullmatch(key) for p in patterns)]
    assert unused == []
    missing = set(re.findall(r"say\(\s*\"([a-z_]+\.[a-z_.]+)\"", code)) - TEXTS.keys()
    assert missing == set()


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LC_ALL": "C.UTF-8", "LANG": "vi_VN.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LANG": "vi_VN.UTF-8"}, "vi"),
        (["--lang", "vi"], {"LANG": "en_US.UTF-8"}, "vi"),
        (["extract", "a.pdf", "--lang=en"], {"LANG": "vi_VN"}, "en"),
        (["--lang"], {"LANG": "vi_VN"}, "en"),
    ],
)
def test_language(arguments, environment, language):
    assert messages.language_of(arguments, environment) == language

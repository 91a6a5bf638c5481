"""Which strings can be Vietnamese syllables, from the rules of the language.

A syllable is an onset, a rime and a tone. The rules are those of the standard orthography
(Ministry of Education, Quy định về chính tả, 1984; Thompson, A Vietnamese Reference Grammar,
ch. 3): which rimes exist, that k, gh, ngh stand before e, ê, i, y and c, g, ng before all others,
and that a rime ending in p, t, c, ch carries only the tones sắc and nặng.
"""

import re
import unicodedata
from functools import lru_cache

_ONSETS = frozenset(
    ["", *"bcdđghklmnprstvx", "ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"]
)
# Rimes without an on-glide, written with their marks but without tone.
_PLAIN_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung uôc uôi uôm uôn uông uôt up ut
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu ynh yt
"""
_GLIDE_RIMES = """
oa oac oach oai oam oan oang oanh oao oap oat oay oă oăc oăm oăn oăng oăt oe oen oeo oet
uân uâng uât uây uê uêch uên uênh uêt uơ uy uya uych uynh uyên uyêt uyn uyp uyt uyu
"""
_RIMES = frozenset((_PLAIN_RIMES + _GLIDE_RIMES).split())
# After qu the glide is already written: qu + a.
_AFTER_QU = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt ăp ân âng ât ây e en eo et ê ên ênh êt êch
i ich in inh it iu iêt iên iêm iêu o ôc ơ ơi y ych ynh yt yên yêt ym yn yp yu
"""
_RIMES_AFTER_QU = frozenset(_AFTER_QU.split())
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_NOT_BEFORE_FRONT = frozenset({"c", "g", "ng"})
_FRONT = ("e", "ê", "i", "y")
_TONE_OF = {"\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_STOPPED_TONES = frozenset({"sắc", "nặng"})
_SPLIT = re.compile(r"^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]|)(.+)$")
_LETTERS = re.compile(r"[^\W\d_]+")
MARKED = re.compile(r"[À-ỹđĐ]")


def _without_tone(syllable: str) -> tuple[str, list[str]]:
    tones, kept = [], []
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONE_OF:
            tones.append(_TONE_OF[char])
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), tones


def _fits(onset: str, rime: str) -> bool:
    if onset not in _ONSETS:
        return False
    if onset == "qu":
        return rime in _RIMES_AFTER_QU
    if rime not in _RIMES:
        return False
    front = rime.startswith(_FRONT)
    if onset in _BEFORE_FRONT:
        return front or (onset == "k" and rime == "a")  # "ka" stands in borrowed names
    if onset in _NOT_BEFORE_FRONT:
        return not front or (onset == "g" and rime.startswith("i"))  # gì, gìn
    return True


@lru_cache(maxsize=65536)
def is_syllable(text: str) -> bool:
    """Return whether the text, in any case, can be one Vietnamese syllable."""
    plain, tones = _without_tone(unicodedata.normalize("NFC", text).lower())
    if len(tones) > 1:
        return False
    match = _SPLIT.match(plain)
    if match is None:
        return False
    onset, rime = match.groups()
    # "gi" is g + i.. where nothing but its i can be the vowel: gì, giếng is gi + êng, not g + iêng.
    splits = [(onset, rime)]
    if onset == "gi":
        splits.append(("gi", "i" + rime))
    if plain == "gi":
        splits = [("g", "i")]
    if not any(_fits(*split) for split in splits):
        return False
    stopped = rime.endswith(("p", "t", "c", "ch"))
    return not stopped or bool(_STOPPED_TONES & set(tones))


def share_of_syllables(text: str) -> float:
    """Return the share of alphabetic words that can be Vietnamese syllables, 0..1 (0 for no words).

    All-capital words of up to five letters without marks are left out: UBND, HĐND, TTHC are
    abbreviations and say nothing.
    """
    words = [w for w in _LETTERS.findall(text) if not (w.isupper() and len(w) <= 5)]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def share_of_marked(text: str) -> float:
    """Return the share of alphabetic words that hold a Vietnamese mark or tone, 0..1."""
    words = _LETTERS.findall(text)
    return sum(bool(MARKED.search(w)) for w in words) / len(words) if words else 0.0

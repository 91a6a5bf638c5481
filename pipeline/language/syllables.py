"""Which strings can be Vietnamese syllables, from the rules of the language.

A syllable is an onset, a rime and a tone. The rules are those of the standard orthography
(Ministry of Education, Quy định về chính tả, 1984; Thompson, A Vietnamese Reference Grammar,
ch. 3): which rimes exist, that k, gh, ngh stand before e, ê, i, y and c, g, ng before all others,
and that a rime ending in p, t, c, ch carries only the tones sắc and nặng.
"""

import re
import unicodedata
from functools import lru_cache

# Rimes without an on-glide, written with their marks but without tone.
_PLAIN_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oc oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung uôc uôi uôm uôn uông uôt up ut
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
"""
_GLIDE_RIMES = """
oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
uân uâng uât uây uê uêch uênh uêu uơ uy uya uych uynh uyên uyêt uyn uyp uyt uyu
"""
_RIMES = frozenset((_PLAIN_RIMES + _GLIDE_RIMES).split())
# After qu the glide is already written: qu + a.
_AFTER_QU = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăt ăp ân âng ât âu ây e en eo et
ê ên ênh êt êch êu i ich in inh it ôc ơ ơi y ych ynh yt yên yêt yp
"""
_RIMES_AFTER_QU = frozenset(_AFTER_QU.split())
# Rimes that stand by themselves only: ă and â as letters, yê- which after an onset is iê-.
_ALONE = frozenset(["ă", "â", "yêm", "yên", "yêng", "yêt", "yêu"])
# ... and those that need an onset: by itself iê- is written yê-.
_NEVER_ALONE = frozenset(["iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "oong", "ooc"])
# Where y may be written for i: mỹ, kỳ, lý; the others in names (Vy, Thy, Dỹ).
_BEFORE_Y = frozenset(["", "d", "h", "k", "l", "m", "n", "s", "t", "th", "v"])
# Syllables of provinces and districts whose names come from other languages of the country.
_NAMES = """
đắk đăk đak lắk lăk kạn kon krông krong ea kar búk drăng drắk mdrắk glei glong grai păh
plông pleiku prông pưh jút đakrông mil ayun tẻh rve chư hleo kbang kông chro wer
"""
_BORROWED = frozenset(_NAMES.split())
_BEFORE_FRONT = frozenset({"k", "gh", "ngh"})
_NOT_BEFORE_FRONT = frozenset({"c", "g", "ng"})
_FRONT = ("e", "ê", "i", "y")
_AFTER_G = frozenset(["i", "in"])  # gì, gìn
_TONE_OF = {"\u0301": "sắc", "\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_STOPPED_TONES = frozenset({"sắc", "nặng"})
_SPLIT = re.compile(r"^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]|)(.+)$")
LETTERS = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,6}")
MARKED = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


def _without_tone(syllable: str) -> tuple[str, list[str]]:
    """Return a syllable without its tones, and these; a tone over a consonant stays where it is."""
    tones: list[str] = []
    kept: list[str] = []
    for char in unicodedata.normalize("NFD", syllable):
        if char in _TONE_OF and kept and kept[-1] not in _CONSONANTS:
            tones.append(_TONE_OF[char])
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), tones


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in _RIMES_AFTER_QU
    if rime not in _RIMES or (onset and rime in _ALONE) or (not onset and rime in _NEVER_ALONE):
        return False
    if rime == "y":
        return onset in _BEFORE_Y
    front = rime.startswith(_FRONT)
    if onset in _BEFORE_FRONT:
        return front or (onset == "k" and rime == "a")  # "ka" stands in borrowed names
    if onset in _NOT_BEFORE_FRONT:
        return not front or (onset == "g" and rime in _AFTER_G)
    return True


@lru_cache(maxsize=65536)
def is_syllable(text: str) -> bool:
    """Return whether the text, in any case, can be one Vietnamese syllable.

    The tone may stand on either vowel of hoá/hóa. Syllables of names from other languages of the
    country count where a province or a district bears them (Đắk, Krông).
    """
    lower = unicodedata.normalize("NFC", text).lower()
    if lower in _BORROWED:
        return True
    plain, tones = _without_tone(lower)
    if len(tones) > 1:
        return False
    match = _SPLIT.match(plain)
    if match is None:
        return False
    onset, rime = match.groups()
    # The i of "gi" is the vowel too where none other follows it, and stands for iê before ê:
    # gìn is gi + in, giếng is gi + iêng.
    if not (_fits(onset, rime) or (onset == "gi" and _fits("gi", "i" + rime))):
        return False
    stopped = rime.endswith(("p", "t", "c", "ch"))
    return not stopped or bool(_STOPPED_TONES & set(tones))


def share_of_syllables(text: str) -> float:
    """Return the share of alphabetic words that can be Vietnamese syllables, 0..1 (0 for no words).

    Words in capitals of up to six letters without marks (but Đ) are left out: UBND, HĐND, TTHC are
    abbreviations and say nothing.
    """
    words = [w for w in LETTERS.findall(text) if not _ABBREVIATION.fullmatch(w)]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def share_of_marked(text: str) -> float:
    """Return the share of alphabetic words that hold a Vietnamese mark or tone, 0..1."""
    words = LETTERS.findall(text)
    return sum(bool(MARKED.search(w)) for w in words) / len(words) if words else 0.0

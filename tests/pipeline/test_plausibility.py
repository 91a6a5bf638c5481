"""What OCR read: hand-picked tokens that can stand in a plan, and some that cannot."""

import json
from pathlib import Path

import pytest

from pipeline.agencies import shipped_office
from pipeline.plausibility import doubtful_words, is_plausible

GOLD = Path(__file__).parents[2] / "samples" / "chi-lang-papi-2024.gold.json"
PLAUSIBLE = """
thực Thực THỰC thực, (thực “Kế hoạch”; hoá, hóa; KT-XH 154/KH-UBND 01/2021/NĐ-CP QĐ-TTg II/2024
VII. XIV IX 31/12/2024 12,7% 1.234.567 3=1+2 (1) a) d, đ) - – … ..... _____ | 100.000đ 25km 25km2
m² 12a 2b T12 H1N1 UBND HĐND LĐTBXH MTTQVN TƯ GD&ĐT TTr TTg ThS PAPI SIPAS ISO website Website
WEBSITE Zalo, internet e-mail Đắk Lắk Krông M'gar K’Bang Ea H'leo Pleiku TP.HCM TP. v.v.
chilang.langson.gov.vn a.b@langson.gov.vn https://papi.org.vn Ki-ốt vắc-xin ô-tô ôtô kWh ha; VNeID
iOffice Tr.đ 06/QĐ-TTg; 4G Q1/2025 (20%)
"""
IMPLAUSIBLE = """
thựchiện tHực NgƯời CQnG CHQ®S Thãấm tếh chuãn phôii ủyy năm2024 l1ên nhândân huy|n \\g xðy
đ§ng vii phuong phưong1 UBMD4ab 3ab5c hoqch ldnh nghìep PHIEUx
"""


@pytest.mark.parametrize("token", PLAUSIBLE.split())
def test_plausible(token):
    assert is_plausible(token)


@pytest.mark.parametrize("token", IMPLAUSIBLE.split())
def test_implausible(token):
    assert not is_plausible(token)


def test_doubtful_words_of_a_text():
    assert doubtful_words("Tăng cuờng tuyêntruyền, phổ biến\ntHực hiện QĐ 06") == [
        "cuờng",
        "tuyêntruyền,",
        "tHực",
    ]


def test_nothing_that_the_registry_names_is_doubtful():
    texts = [
        text
        for entry in shipped_office().registry().entries.values()
        for text in (entry.name, *entry.aliases, *entry.abbreviations)
    ]
    assert len(texts) > 100
    assert [text for text in texts if doubtful_words(text)] == []


def test_nothing_that_the_sample_says_is_doubtful():
    gold = json.loads(GOLD.read_text("utf-8"))
    texts = [text for item in gold["items"] for text in (item["title"], *item["tasks"])]
    assert [text for text in texts if doubtful_words(text)] == []

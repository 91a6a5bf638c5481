"""Units that take another name or kind on a day: one line of data each."""

import csv
from datetime import date

from pipeline.knowledge import read_text
from pipeline.places.gazetteer import is_province_city
from pipeline.places.units import find_unit


def test_dong_nai_is_a_city_since_2026():
    city = find_unit("thành phố Đồng Nai", on=date(2026, 8, 12))
    province = find_unit("tỉnh Đồng Nai", on=date(2026, 3, 1))
    assert (city.level, province.level, city.code) == ("province", "province", province.code)
    assert not city.stood(date(2026, 3, 1))
    assert not province.stood(date(2026, 8, 12))
    assert find_unit("phường Trấn Biên, thành phố Đồng Nai").province == "Đồng Nai"
    assert is_province_city("dong nai", date(2026, 8, 12))


def test_hue_was_a_city_of_a_province_until_2024():
    assert not is_province_city("hue", date(2024, 6, 1))
    assert is_province_city("hue", date(2025, 6, 1))
    assert not is_province_city("da lat", date(2024, 6, 1))


def test_each_change_has_its_source():
    for change in csv.DictReader(read_text("units_changes.csv").splitlines()):
        assert date.fromisoformat(change["day"])
        assert change["source"]
        assert change["verified"] in ("yes", "extract", "no")

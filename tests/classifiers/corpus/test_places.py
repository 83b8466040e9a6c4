from __future__ import annotations

from random import Random

from classifiers.corpus import places


def test_a_home_is_of_one_city_and_one_of_its_districts() -> None:
    for seed in range(50):
        home = places.home(Random(seed))
        (row,) = [row for row in places.CITIES if row[0] == home.region]
        assert (home.province, home.city) == row[1:3]
        assert home.district in row[3]


def test_a_unit_names_estate_building_and_room() -> None:
    home = places.Home("440300", "粤", "深圳市", "南山区", "学府路", "锦绣花园", 3, 2, 12, 1)
    for seed in range(50):
        said = places.unit(home, Random(seed))
        assert "锦绣花园" in said
        assert "1201" in said


def test_an_address_lies_on_a_street() -> None:
    home = places.home(Random(3))
    assert all(home.street in places.address(home, Random(seed)) for seed in range(20))

from askworthy.findings.groups import groups


def test_pairs_join_places_directly_and_by_others_between():
    assert groups(range(6), [(4, 1), (1, 3), (5, 0)]) == [[0, 5], [1, 3, 4], [2]]


def test_places_that_are_not_there_join_nothing():
    assert groups([0, 2], [(0, 1), (1, 2)]) == [[0], [2]]

import pytest

from askworthy.training.four_bits import BLOCK, four_bits, rounded

torch = pytest.importorskip("torch")


def test_a_block_has_at_most_sixteen_values_and_nothing_moves_further_than_half_a_level():
    torch.manual_seed(0)
    values = torch.randn(3, 2 * BLOCK)
    found = rounded(values)
    for before, after in zip(values.reshape(-1, BLOCK), found.reshape(-1, BLOCK), strict=True):
        assert len(after.unique()) <= 16
        level = float(before.max() - before.min()) / 15
        # The zero stands on a level as well, which may move the others by half a level more at either end.
        assert float((before - after).abs().max()) <= level * 1.01


def test_zeros_and_what_is_on_the_levels_stays():
    values = torch.arange(BLOCK).remainder(16).float().reshape(1, BLOCK) - 5
    assert torch.equal(rounded(values), values)
    assert torch.equal(rounded(torch.zeros(2, BLOCK)), torch.zeros(2, BLOCK))


def test_within_matrices_are_rounded_and_afterwards_they_have_their_gradients_and_what_they_were():
    torch.manual_seed(0)
    matrix = torch.nn.Parameter(torch.randn(4, BLOCK))
    before = matrix.detach().clone()
    with four_bits([matrix]):
        assert torch.equal(matrix, rounded(before))
        (matrix**2).sum().backward()
    assert torch.equal(matrix, before)
    assert torch.allclose(matrix.grad, 2 * rounded(before))


def test_they_are_what_they_were_after_an_error_too():
    matrix = torch.nn.Parameter(torch.randn(1, BLOCK))
    before = matrix.detach().clone()
    with pytest.raises(ValueError, match="stop"), four_bits([matrix]):
        raise ValueError("stop")
    assert torch.equal(matrix, before)

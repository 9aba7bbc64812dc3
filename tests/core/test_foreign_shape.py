"""What each layer caches, whatever the family."""

from planner.core.foreign_shape import kv_values_per_token, layer_caches
from tests.core.model_files import foreign_shape


def test_that_llama_3_8b_takes_256_mib_at_2048_tokens():
    # Hugging Face, dranger003/c4ai-command-r discussion 6.
    assert 2 * kv_values_per_token(foreign_shape()) * 2048 == 256 * 2**20


def test_that_a_phi_caches_what_its_config_says(catalogue):
    shape = catalogue["phi-3-mini-4k"].shape
    assert 2 * kv_values_per_token(shape) == 393_216
    assert {cache.sliding_window for cache in layer_caches(shape)} == {2047}


def test_that_phi_4_mini_flash_caches_in_nine_of_its_layers(catalogue):
    caches = layer_caches(catalogue["phi-4-mini-flash-reasoning"].shape)
    assert len(caches) == 9
    # One layer keeps everything: 5,120 bytes a token at 16 bit.
    kept = [2 * each.values_per_token for each in caches if each.sliding_window is None]
    assert kept == [5120]

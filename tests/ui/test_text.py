import pytest

from planner.core.fit import FitResult, FitVerdict, Reserve
from planner.core.ledger import Band, Part, Place
from planner.core.machine import MemoryPool, PoolKind
from planner.core.plan import Plan
from planner.core.units import GIB, MIB
from planner.ui import text

RTX_4070 = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="NVIDIA GeForce RTX 4070",
    source="nvml",
    total_bytes=12_878_610_432,
    free_bytes=int(10.6 * GIB),
    bandwidth_gb_per_s=504.05,
    compute_capability="8.9",
)
RAM = MemoryPool(
    id="ram",
    kind=PoolKind.SYSTEM,
    name="AMD Ryzen 7 7700",
    source="psutil",
    total_bytes=int(31.2 * GIB),
    free_bytes=int(24.1 * GIB),
)


def band(low: float, expected: float, high: float) -> Band:
    return Band(int(low * GIB), int(expected * GIB), int(high * GIB))


def result(verdict: FitVerdict, needed: Band | None = None, **more) -> FitResult:
    return FitResult(
        model_id="phi-4", quant_format="Q4_K_M", verdict=verdict, needed=needed, **more
    )


def partial(needed: Band) -> FitResult:
    plan = Plan(model_id="phi-4", quant_format="Q8_0", context_length=4096, gpu_layer_count=31)
    return result(FitVerdict.PARTIAL, needed, plan=plan, layer_count=41)


@pytest.mark.parametrize(
    ("size_bytes", "digits", "words"),
    [
        (int(8.43 * GIB), 2, "8.43 GiB"),
        (int(8.43 * GIB), 1, "8.4 GiB"),
        (1234 * GIB, 1, "1,234.0 GiB"),
        (0, 2, "0.00 GiB"),
        (MIB, 2, "< 0.01 GiB"),
        (MIB, 1, "< 0.1 GiB"),
        (None, 2, "not known"),
    ],
)
def test_that_sizes_are_in_gib_and_nothing_is_only_said_of_nothing(size_bytes, digits, words):
    assert text.gib(size_bytes, digits) == words


def test_that_a_band_is_one_figure_where_both_ends_read_the_same():
    assert text.band_text(band(0.30, 0.50, 1.00)) == "0.30 to 1.00 GiB"
    assert text.band_text(band(0.50, 0.50, 0.501)) == "0.50 GiB"


@pytest.mark.parametrize(
    ("count", "words"),
    [(8192, "8,192 tokens"), (131_072, "131,072 tokens"), (1, "1 token")],
)
def test_that_tokens_are_counted_in_thousands(count: int, words: str):
    assert text.token_text(count) == words


@pytest.mark.parametrize(
    ("found", "target", "words"),
    [
        (
            result(FitVerdict.FITS, band(8, 8.9, 9.4)),
            RTX_4070,
            "Fits: needs 8.9 of 10.6 GiB free",
        ),
        (
            result(FitVerdict.FITS, band(8, 8.9, 9.4)),
            RAM,
            "Fits in RAM: needs 8.9 of 24.1 GiB available",
        ),
        (
            result(FitVerdict.TIGHT, band(10, 10.2, 11.04)),
            RTX_4070,
            "Fits, tight: needs 10.2 of 10.6 GiB free, and may need 11.0",
        ),
        (
            result(FitVerdict.TIGHT, band(9.5, 9.9, 10.3)),
            RTX_4070,
            "Fits, tight: needs 9.9 to 10.3 of 10.6 GiB free; the reserve is 0.5",
        ),
        (
            result(FitVerdict.TIGHT, band(5, 5, 5)),
            RTX_4070,
            "Fits, tight: needs 5.0 of 10.6 GiB free, but RAM beside it is short",
        ),
        (
            partial(band(16.2, 16.7, 17)),
            RTX_4070,
            "Part in RAM: 31 of 41 layers on the GPU; all would need 16.7, 10.6 GiB are free",
        ),
        (
            partial(band(9, 9, 9)),
            RTX_4070,
            "Part in RAM: 31 of 41 layers on the GPU, which need 9.0 of 10.6 GiB free",
        ),
        (
            result(FitVerdict.NO, band(29, 29.2, 30)),
            RTX_4070,
            "Does not fit: needs 29.2 GiB, 10.6 GiB are free",
        ),
        (
            result(FitVerdict.NO, band(5, 5, 5)),
            RTX_4070,
            "Does not fit: the GPU has room, but RAM is short for the part beside it",
        ),
        (
            result(FitVerdict.UNSUPPORTED, reason="llama.cpp {cannot} run it."),
            RTX_4070,
            "Not supported: llama.cpp {cannot} run it.",
        ),
        (
            result(FitVerdict.UNKNOWN, band(1, 1, 1), reason="The driver does not say."),
            RTX_4070,
            "Not known: The driver does not say.",
        ),
        (result(FitVerdict.NO), RTX_4070, "Does not fit"),
    ],
)
def test_that_the_verdict_is_said_with_its_figures(found, target, words):
    assert text.verdict_sentence(found, target, Reserve()) == words


def test_that_a_tight_fit_needs_the_reserve_to_blame_it():
    found = result(FitVerdict.TIGHT, band(9.5, 9.9, 10.3))
    words = "Fits, tight: needs 9.9 of 10.6 GiB free"
    assert text.verdict_sentence(found, RTX_4070) == words


@pytest.mark.parametrize(
    ("verdict", "needed", "share_gib", "words"),
    [
        (
            FitVerdict.FITS,
            band(4, 4.5, 6),
            10.0,
            "Fits: needs 4.5 of 10.0 GiB that the runtime takes",
        ),
        (
            FitVerdict.TIGHT,
            band(4, 4.5, 6),
            10.4,
            "Fits, tight: the runtime takes 10.4 of 10.6 GiB free; the reserve is 0.5",
        ),
        (
            FitVerdict.TIGHT,
            band(9, 9.5, 10.2),
            10.0,
            "Fits, tight: needs 9.5 of 10.0 GiB that the runtime takes, and may need 10.2",
        ),
        (
            FitVerdict.TIGHT,
            band(4, 4.5, 6),
            10.0,
            "Fits, tight: needs 4.5 of 10.6 GiB free, but RAM beside it is short",
        ),
        (
            FitVerdict.NO,
            band(10.2, 10.3, 10.4),
            10.0,
            "Does not fit: needs 10.3 of 10.0 GiB that the runtime takes",
        ),
        (
            FitVerdict.NO,
            band(4, 4.5, 6),
            10.0,
            "Does not fit: the GPU has room, but RAM is short for the part beside it",
        ),
    ],
)
def test_that_a_runtime_that_takes_a_share_is_judged_by_it(verdict, needed, share_gib, words):
    found = result(verdict, needed, occupied_bytes=int(share_gib * GIB))
    assert text.verdict_sentence(found, RTX_4070, Reserve()) == words


def test_that_ram_of_which_nothing_is_known_is_not_called_short():
    found = result(FitVerdict.TIGHT, band(4, 4.5, 5))
    words = text.verdict_sentence(found, RTX_4070, Reserve(), knows_ram=False)
    assert words.endswith("what RAM beside it has free is not known")


def test_that_a_runtime_that_does_not_start_says_why():
    found = result(FitVerdict.NO, band(4, 4.5, 6), reason="It asks for more than is free.")
    words = "Does not fit: It asks for more than is free."
    assert text.verdict_sentence(found, RTX_4070, Reserve()) == words


@pytest.mark.parametrize(
    ("verdict", "needed"),
    [(FitVerdict.TIGHT, band(10, 10.59, 10.61)), (FitVerdict.NO, band(10.61, 10.61, 10.61))],
)
def test_that_rounding_never_hides_on_which_side_of_free_a_figure_is(verdict, needed):
    words = text.verdict_sentence(result(verdict, needed), RTX_4070, Reserve())
    assert "10.61" in words
    assert "10.60" in words


@pytest.mark.parametrize(
    "words",
    [
        [*map(text.verdict_word, FitVerdict)],
        [*map(text.part_name, Part)],
        [*map(text.place_name, Place)],
    ],
    ids=["verdicts", "parts", "places"],
)
def test_that_each_member_has_words_of_its_own(words: list[str]):
    assert all(words)
    assert len(set(words)) == len(words)


def test_that_a_pool_is_said_as_far_as_it_is_known():
    assert text.pool_title(RTX_4070) == "NVIDIA GeForce RTX 4070"
    assert text.pool_title(RAM) == "AMD Ryzen 7 7700 · RAM"
    assert text.pool_detail(RTX_4070) == "CUDA 8.9 · 504 GB/s"
    assert text.pool_detail(RAM) == ""
    unified = MemoryPool(
        id="gpu0", kind=PoolKind.UNIFIED, name="GB10", source="nvml", compute_capability="12.1"
    )
    assert text.pool_detail(unified) == "unified memory · CUDA 12.1"


@pytest.mark.parametrize(
    ("kind", "total_gib", "free_gib", "words"),
    [
        (PoolKind.DEDICATED, 11.99, 10.6, "10.6 GiB free of 11.99 GiB"),
        (PoolKind.SYSTEM, 31.2, 24.1, "24.1 GiB available of 31.2 GiB"),
        (PoolKind.UNIFIED, 119.7, 100.2, "100.2 GiB free of 119.7 GiB"),
        (PoolKind.DEDICATED, 11.99, None, "11.99 GiB, free not known"),
        (PoolKind.DEDICATED, None, 10.6, "10.6 GiB free, total not known"),
        (PoolKind.DEDICATED, None, None, "size not known"),
        (PoolKind.DEDICATED, 11.99, 0, "0.0 GiB free of 11.99 GiB"),
    ],
)
def test_that_what_is_free_is_said_and_what_is_not_known_too(kind, total_gib, free_gib, words):
    pool = MemoryPool(
        id="pool",
        kind=kind,
        name="pool",
        source="test",
        total_bytes=None if total_gib is None else int(total_gib * GIB),
        free_bytes=None if free_gib is None else int(free_gib * GIB),
    )
    assert text.pool_free_text(pool) == words


def test_that_an_imagined_pool_says_so():
    assert not text.pool_is_what_if(RTX_4070)
    imagined = MemoryPool(id="gpu0", kind=PoolKind.DEDICATED, name="24", source="what-if")
    assert text.pool_is_what_if(imagined)
    assert "not this computer" in text.what_if_mark()


def test_that_a_translator_may_turn_a_sentence_round(monkeypatch):
    turned = {"{low} to {high}": "{high} bis herab zu {low}"}
    monkeypatch.setattr(text, "translate", lambda _context, words: turned.get(words, words))
    assert text.band_text(band(1, 2, 3)) == "3.00 bis herab zu 1.00 GiB"

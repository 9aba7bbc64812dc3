"""The words of the charts in the language of the window."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from planner.core.ledger import Part
from planner.core.pictures.chart_words import ChartWords
from planner.ui import figures, text
from planner.ui.core_texts import core_text

translate = QCoreApplication.translate

_KIBI: Final = 1024


def chart_words() -> ChartWords:
    """Return the words of every chart, made when a language is in use."""
    return ChartWords(
        gib=text.gib,
        gib_number=lambda size_bytes: text.gib_number(size_bytes, 2),
        part_names={part: text.part_name(part) for part in Part},
        part_of_size=translate("charts", "{part}: {size}"),
        held_by_others=translate("charts", "Held by others"),
        left_free=translate("charts", "Left free"),
        high_estimate=translate("charts", "High estimate"),
        may_need_more=translate("charts", "May need {size} more"),
        reserve_size=translate("charts", "Reserve {size}"),
        capacity=translate("charts", "Capacity"),
        capacity_size=translate("charts", "Capacity {size}"),
        too_much=translate("charts", "Too much by {size}"),
        total=translate("charts", "Total"),
        size_unit=figures.size_unit(),
        size_unit_bytes=figures.size_unit().unit_bytes,
        amount=figures.telling_number,
        reason=core_text,
        tokens=figures.number,
        short_tokens=_short_tokens,
        rate=_rate,
        not_known=text.not_known(),
        bar_title=translate("charts", "Memory of {pool}"),
        bar_of_capacity=translate("charts", "Of {size}: {parts}."),
        bar_of_unknown=translate("charts", "The capacity is not known: {parts}."),
        curve_title=translate("charts", "Memory against context length"),
        curve_description=translate(
            "charts",
            "{low} at {shortest} tokens to {high} at {longest} tokens. {largest}",
        ),
        tokens_head=translate("charts", "Tokens"),
        tokens_of=translate("charts", "{count} tokens"),
        free_size=translate("charts", "{size} free"),
        share_size=translate("charts", "{size} may be used"),
        total_size=translate("charts", "{size} in all"),
        above_chart=translate("charts", "{limit} (above this chart)"),
        fits_up_to=translate("charts", "fits up to {count} tokens"),
        fits_all=translate("charts", "All of the model's {count} tokens fit."),
        fits_until=translate("charts", "Up to {count} tokens fit."),
        fits_none=translate("charts", "No context fits."),
        fits_unknown=translate("charts", "Which context fits is not known."),
        refused=translate("charts", "Refused: {reason}"),
        planned=translate("charts", "Planned context"),
        planned_tokens=translate("charts", "Planned: {count} tokens"),
        frontier_title=translate("charts", "Largest context that fits"),
        frontier_description=translate(
            "charts", "Quant formats by KV cache types, in tokens: {cells}."
        ),
        quant_format=translate("charts", "Quant format"),
        cache_type=translate("charts", "KV cache {cache_type}"),
        cell_words=translate("charts", "{quant_format}, KV cache {cache_type}: {answer}"),
        cell_fits=translate("charts", "up to {count} tokens fit"),
        cell_fits_tight=translate("charts", "up to {count} tokens fit, {tight} if it is tight"),
        cell_tight=translate("charts", "{count} tokens at most, and tight"),
        key_fits=translate("charts", "the planned context fits"),
        key_tight=translate("charts", "it fits, tight"),
        key_shorter=translate("charts", "only shorter ones fit"),
        split_title=translate("charts", "Memory of each device"),
        split_description=translate("charts", "{devices}."),
        device_words=translate("charts", "{device}: {size} of {free} free"),
        device_words_unknown=translate("charts", "{device}: {size}, free not known"),
        ram_name=translate("charts", "{name} · RAM"),
        size_of_free=translate("charts", "{size} of {free} free"),
        speed_title=translate("charts", "Speed against context length, modelled"),
        speed_description=translate(
            "charts",
            "Decoding {first} tokens per second at {shortest} tokens of context, {last} at "
            "{longest}. Modelled, not measured.",
        ),
        per_second=translate("charts", "tokens per second"),
        slowest=translate("charts", "Slowest"),
        expected=translate("charts", "Expected"),
        fastest=translate("charts", "Fastest"),
        expected_line=translate("charts", "expected"),
        band_of=translate("charts", "slowest to fastest"),
        rate_between=translate("charts", "{expected} tokens per second ({low} to {high})"),
    )


def _short_tokens(token_count: int) -> str:
    """Return `16k` or `10.5k` for multiples of 256, exactly, else the figure in full."""
    if token_count < _KIBI or token_count % 256:
        return figures.number(token_count)
    return f"{figures.telling_number(token_count / _KIBI)}k"


def _rate(tokens_per_s: float) -> str:
    return figures.number(tokens_per_s, 1 if tokens_per_s < 100 else 0)

"""What each kind of block says inside its box, from its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from planner.core.diagram.facts import (
    AttentionFacts,
    ComponentFacts,
    EmbeddingFacts,
    FeedForwardFacts,
    GatedMemoryFacts,
    HeadFacts,
    MambaFacts,
    NormFacts,
    RouterFacts,
)
from planner.core.diagram.layout.boxes import Chips, Experts, Heads, Row

if TYPE_CHECKING:
    from planner.core.diagram.model import Block
    from planner.core.diagram.words import DiagramWords

_OneLine = EmbeddingFacts | HeadFacts | NormFacts | RouterFacts


@dataclass(frozen=True, slots=True)
class Says:
    """Lines under the name, and rows of fields."""

    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def says(block: Block, words: DiagramWords, *, is_compact: bool) -> Says:
    """Return what a block says; a compact one stands beside others and is narrow."""
    facts = block.facts
    if isinstance(facts, _OneLine):
        line = _line(facts, words)
        return Says((line,) if line else ())
    if isinstance(facts, ComponentFacts):
        return Says(_component(facts, words))
    if isinstance(facts, FeedForwardFacts):
        return _experts(facts, words) if facts.expert_count else _feed_forward(facts, words)
    if isinstance(facts, AttentionFacts) and not is_compact:
        return _attention(facts, words)
    said = _mixer(facts, words)
    return Says((_on_layers(block.repeat_count, words), *said.lines), said.rows)


def _line(facts: _OneLine, words: DiagramWords) -> str:
    match facts:
        case EmbeddingFacts():
            return words.matrix.format(
                rows=words.count(facts.vocab_size), columns=words.count(facts.embedding_length)
            )
        case HeadFacts(is_tied=True):
            return words.head_tied
        case HeadFacts():
            line = words.head.format(
                inputs=words.count(facts.embedding_length),
                outputs=words.count(facts.vocab_size),
            )
            return _with_bias(line, words, has_bias=facts.has_bias)
        case NormFacts():
            return words.feeds_both if facts.feeds_both else ""
        case RouterFacts():
            return words.router.format(used=facts.experts_per_token, count=facts.expert_count)
    assert_never(facts)


def _component(facts: ComponentFacts, words: DiagramWords) -> tuple[str, ...]:
    if facts.rank is not None:
        return (
            words.lora.format(rank=facts.rank),
            _on_layers(facts.layer_count, words),
        )
    if facts.in_width is not None and facts.out_width is not None:
        ends = words.projection.format(
            inputs=words.count(facts.in_width), outputs=words.count(facts.out_width)
        )
        return (ends,)
    return (words.encoder.format(count=facts.layer_count),) if facts.layer_count else ()


def _attention(facts: AttentionFacts, words: DiagramWords) -> Says:
    line = words.grouped_heads.format(
        heads=facts.head_count, kv_heads=facts.kv_head_count, dim=facts.head_dim
    )
    matrices = (
        words.query.format(heads=facts.head_count, dim=facts.head_dim),
        words.key.format(heads=facts.kv_head_count, dim=facts.head_dim),
        words.value.format(heads=facts.kv_head_count, dim=facts.head_dim),
    )
    place = [_positions(facts, words)]
    if facts.sliding_window is not None:
        place.append(words.window.format(count=words.count(facts.sliding_window)))
    if facts.dense_every:
        place.append(words.block_sparse.format(count=facts.dense_every))
    return Says(
        (_with_bias(line, words, has_bias=facts.has_bias),),
        (
            Heads(facts.head_count, facts.kv_head_count),
            Chips(matrices, is_joined=facts.is_fused),
            Chips(tuple(place)),
            Chips((words.softmax,)),
        ),
    )


def _positions(facts: AttentionFacts, words: DiagramWords) -> str:
    if facts.rotary_dim == facts.head_dim:
        return words.rope_on_all.format(dim=facts.head_dim)
    return words.rope_on_part.format(part=facts.rotary_dim, dim=facts.head_dim)


def _feed_forward(facts: FeedForwardFacts, words: DiagramWords) -> Says:
    width, inner = words.count(facts.embedding_length), words.count(facts.feed_forward_length)
    first: tuple[str, ...]
    if facts.is_fused:
        first = (words.gate_up,)
    else:
        first = (words.gate, words.up) if facts.is_gated else (words.up,)
    template = words.gated if facts.is_gated else words.plain
    line = template.format(activation=facts.activation.value, count=len(first) + 1)
    into = tuple(each.format(inputs=width, outputs=inner) for each in first)
    return Says(
        (_with_bias(line, words, has_bias=facts.has_bias),),
        (Chips(into), Chips((words.down.format(inputs=inner, outputs=width),))),
    )


def _experts(facts: FeedForwardFacts, words: DiagramWords) -> Says:
    count, used = facts.expert_count, facts.experts_per_token
    each = words.each_expert.format(
        inputs=words.count(facts.embedding_length),
        outputs=words.count(facts.feed_forward_length),
    )
    return Says(
        (words.experts.format(used=used, count=count),), (Experts(count, used), Chips((each,)))
    )


def _mixer(facts: AttentionFacts | MambaFacts | GatedMemoryFacts, words: DiagramWords) -> Says:
    """Return one of several mixers, its fields one below the other."""
    match facts:
        case AttentionFacts():
            return _narrow_attention(facts, words)
        case MambaFacts():
            width, inner = words.count(facts.embedding_length), words.count(facts.inner_dim)
            fields = (
                words.mamba_in.format(inputs=width, outputs=inner),
                words.mamba_scan,
                words.out.format(inputs=inner, outputs=width),
            )
            line = words.mamba.format(state=facts.state_dim, conv=facts.conv_width)
            return Says((line,), tuple(Chips((each,)) for each in fields))
        case GatedMemoryFacts():
            width, inner = words.count(facts.embedding_length), words.count(facts.inner_dim)
            fields = (
                words.up.format(inputs=width, outputs=inner),
                words.gated_memory,
                words.out.format(inputs=inner, outputs=width),
            )
            return Says((), tuple(Chips((each,)) for each in fields))
    assert_never(facts)


def _narrow_attention(facts: AttentionFacts, words: DiagramWords) -> Says:
    """Return attention without the pictures of its heads."""
    key_value = words.borrowed_keys
    if facts.has_own_keys:
        key_value = words.key_value.format(heads=facts.kv_head_count, dim=facts.head_dim)
    fields = [words.query.format(heads=facts.head_count, dim=facts.head_dim), key_value]
    if facts.sliding_window is not None:
        fields.append(words.window.format(count=words.count(facts.sliding_window)))
    fields.append(words.differential if facts.is_differential else words.softmax_short)
    line = words.no_positions if not facts.rotary_dim else _positions(facts, words)
    return Says((line,), tuple(Chips((each,)) for each in fields))


def _with_bias(line: str, words: DiagramWords, *, has_bias: bool) -> str:
    return words.with_bias.format(words=line) if has_bias else line


def _on_layers(count: int, words: DiagramWords) -> str:
    return words.on_one_layer if count == 1 else words.on_layers.format(count=count)

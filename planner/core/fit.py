"""Will it run here: a plan against a machine, as a verdict with its figures."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from planner.core.cards import cards_of, unknown_memory, with_shares
from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.estimate import least_sums_of, own_rules_of, quick_splits, runtime_of, sums_of
from planner.core.ledger import Band, PlacedLines
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, SplitMode, offloadable_layer_count
from planner.core.records import dataclass
from planner.core.runtimes.protocol import PoolLimits, Runtime, Sums, free_limits
from planner.core.units import GIB

if TYPE_CHECKING:
    from planner.core.runtimes.llama_cpp.quick_split import QuickSplits

DEFAULT_GPU_RESERVE_BYTES: Final = GIB // 2
DEFAULT_RAM_RESERVE_BYTES: Final = 2 * GIB


class FitVerdict(StrEnum):
    """What a person is told; the values are those of the command line's JSON."""

    FITS = "fits"
    TIGHT = "tight"
    PARTIAL = "partial"
    NO = "no"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Memory to leave free for everything else, on a GPU and in RAM."""

    gpu_bytes: int = DEFAULT_GPU_RESERVE_BYTES
    ram_bytes: int = DEFAULT_RAM_RESERVE_BYTES

    def of(self, pool: MemoryPool) -> int:
        """Return the reserve of one pool; unified memory keeps the system's."""
        return self.gpu_bytes if pool.kind is PoolKind.DEDICATED else self.ram_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FitResult:
    """The verdict on one plan.

    `needed` is what the whole plan takes on the target. `plan` is the plan as it would run:
    with `partial` its `gpu_layer_count` is the most that fits. `reason` is set where there is
    no verdict on figures (`unsupported`, `unknown`), and where the runtime does not start
    whatever the figures (`no`). `occupied_bytes` is what a runtime that takes a share of the
    card (vLLM) will be seen to hold, beside what the plan needs. `is_rough` tells that the
    plan's `gpu_layer_count` was not searched for, only its verdict is sure.
    """

    model_id: str
    quant_format: str
    verdict: FitVerdict
    needed: Band | None = None
    plan: Plan | None = None
    layer_count: int | None = None
    max_context_length: int | None = None
    reason: str | None = None
    occupied_bytes: int | None = None
    is_rough: bool = False


def fit(
    model: ModelSpec,
    plan: Plan,
    machine: Machine,
    *,
    target: MemoryPool,
    reserve: Reserve,
    auto_layers: bool = True,
) -> FitResult:
    """Compare what a plan needs with what a machine has free.

    With `auto_layers` the plan's `gpu_layer_count` is chosen here: everything on the target if
    that fits, else the most layers that do.
    """
    fitter = Fitter(
        model, plan, machine, target=target, reserve=reserve, auto_layers=auto_layers
    )
    return fitter.fit(plan.quant_format)


class Fitter:
    """Fits one model into one pool, format after format.

    The cache and the buffers do not depend on the format while the layers stand together, so
    they are worked out once.
    """

    def __init__(
        self,
        model: ModelSpec,
        plan: Plan,
        machine: Machine,
        *,
        target: MemoryPool,
        reserve: Reserve,
        auto_layers: bool,
        counts_layers: bool = True,
        own_runtime: Sums | None = None,
        layer_count: int | None = None,
    ) -> None:
        """Check the plan; a refusal is kept for every format.

        Without `counts_layers` a verdict of `partial` comes with about as many layers as fit,
        where it is sure without the search for the most. A file that somebody has brings
        `own_runtime`, llama.cpp with its tensors, and the `layer_count` that a GPU can hold
        where the model is none of the catalogue's.
        """
        self._model = model
        self._target = target
        self._reserve = reserve
        self._auto_layers = auto_layers
        self._counts_layers = counts_layers
        self._layer_count = layer_count
        if layer_count is None and model.shape is not None:
            self._layer_count = offloadable_layer_count(model.shape)
        layers = self._layers_on_target() if auto_layers else plan.gpu_layer_count
        self._plan = with_shares(plan.changed(gpu_layer_count=layers), machine)
        self._is_split = layers not in (0, self._layer_count)
        self._refusal: str | None = None
        self._step: PlacedLines | None = None
        self._runtime: Runtime = own_runtime or runtime_of(plan.runtime)
        self._sums = own_runtime or sums_of(plan.runtime)
        self._least = None if own_runtime else least_sums_of(plan.runtime)
        self._quick: QuickSplits | None = None  # made when a split is asked for
        self._own_rules = own_rules_of(plan.runtime)
        self._target_limits = self._free_limits(target)
        self._ram = machine.ram if target.kind is PoolKind.DEDICATED else None
        self._ram_limits = None if self._ram is None else self._free_limits(self._ram)
        self._card_limits: tuple[PoolLimits, ...] = ()
        try:
            self._runtime.check(model, self._plan)
            self._cards = cards_of(machine, target, self._plan)
            self._card_limits = self._limits_of_each()
        except PlannerError as refusal:
            self._refusal = str(refusal)
            return
        # Experts in RAM are streamed as layers there are: then the format matters to the step.
        is_whole = not self._is_split and not self._plan.cpu_expert_layers
        if is_whole and self._own_rules is None:
            self._step = self._step_sums(self._plan)

    def fit(self, quant_format: str) -> FitResult:
        """Return the verdict on the model in one quant format."""
        if self._refusal is not None:
            return self._result(quant_format, FitVerdict.UNSUPPORTED, reason=self._refusal)
        plan = self._plan.changed(quant_format=quant_format)
        try:
            limits = self._limits(plan)
        except UnsupportedPlanError as refusal:
            return self._result(quant_format, FitVerdict.UNSUPPORTED, reason=str(refusal))
        lines = self._weight_sums(plan) + (self._step or self._step_sums(plan))
        needed = needed_on(lines, self._target)
        if limits is None:
            return self._result(
                quant_format,
                FitVerdict.UNKNOWN,
                needed=needed,
                plan=plan,
                reason=unknown_memory(self._cards),
            )
        verdict = self._judge(lines, limits)
        is_rough = False
        if verdict is FitVerdict.NO and self._may_split(plan):
            most, is_rough = self._layers_that_fit(plan, limits, lines)
            if most:
                verdict, plan = FitVerdict.PARTIAL, plan.changed(gpu_layer_count=most)
        elif verdict is not FitVerdict.NO and self._is_split:
            verdict = FitVerdict.PARTIAL
        return self._result(
            quant_format,
            verdict,
            needed=needed,
            plan=plan,
            reason=limits.refusal,
            occupied_bytes=limits.occupied_bytes,
            is_rough=is_rough,
        )

    def _weight_sums(self, plan: Plan) -> PlacedLines:
        if self._sums is not None:
            return self._sums.weight_sums(self._model, plan)
        return self._runtime.weight_lines(self._model, plan)

    def _step_sums(self, plan: Plan) -> PlacedLines:
        if self._sums is not None:
            return self._sums.step_sums(self._model, plan)
        return self._runtime.step_lines(self._model, plan)

    def _limits(self, plan: Plan) -> PoolLimits | None:
        """Return what may be taken of each card, the tightest of them; `None` if not known.

        Raises:
            UnsupportedPlanError: the runtime cannot run this format, or not on this card.
        """
        own = self._own_rules
        if own is None:
            return self._target_limits
        own.check_format(self._model, plan)
        tightest: PoolLimits | None = None
        for card in self._cards:
            reserve = self._reserve.of(card)
            limits = own.pool_limits(self._model, plan, card, reserve_bytes=reserve)
            if limits is None:
                return None
            if tightest is None or _tightness(limits) < _tightness(tightest):
                tightest = limits
        return tightest

    def _limits_of_each(self) -> tuple[PoolLimits, ...]:
        """Return what is free on each card that layers are spread over, nothing if on one."""
        if self._plan.split_mode is not SplitMode.LAYER or len(self._cards) == 1:
            return ()
        each = tuple(self._free_limits(card) for card in self._cards)
        known = tuple(limits for limits in each if limits is not None)
        if len(known) < len(each):
            # One card that does not say what is free makes the whole split unknown.
            self._target_limits = None
        return known

    def _free_limits(self, pool: MemoryPool) -> PoolLimits | None:
        if pool.free_bytes is None:
            return None
        return free_limits(pool.free_bytes, self._reserve.of(pool))

    def _result(
        self,
        quant_format: str,
        verdict: FitVerdict,
        *,
        needed: Band | None = None,
        plan: Plan | None = None,
        reason: str | None = None,
        occupied_bytes: int | None = None,
        is_rough: bool = False,
    ) -> FitResult:
        return FitResult(
            model_id=self._model.id,
            quant_format=quant_format,
            verdict=verdict,
            needed=needed,
            plan=plan,
            layer_count=self._layer_count,
            max_context_length=self._model.context_length_limit,
            reason=reason,
            occupied_bytes=occupied_bytes,
            is_rough=is_rough,
        )

    def _layers_on_target(self) -> int:
        if self._layer_count is None or self._target.kind is PoolKind.SYSTEM:
            return 0
        return self._layer_count

    def _may_split(self, plan: Plan) -> bool:
        dedicated = self._target.kind is PoolKind.DEDICATED
        own = self._own_rules
        may = self._runtime.splits_layers if own is None else own.may_split(plan)
        return self._auto_layers and dedicated and may

    def _judge(self, lines: PlacedLines, limits: PoolLimits) -> FitVerdict:
        """Judge both sides: the target, and RAM where a GPU is the target."""
        verdict = self._judge_cards(lines, limits)
        if self._ram is None:
            return verdict
        # RAM beside a GPU that could not be read is no refusal, but no promise either.
        beside = FitVerdict.TIGHT
        if self._ram_limits is not None:
            beside = _judge_within(lines.host, self._ram_limits)
        return max(verdict, beside, key=_STRICTNESS.index)

    def _judge_cards(self, lines: PlacedLines, limits: PoolLimits) -> FitVerdict:
        """Judge the target, or the worst of the cards that the layers are spread over."""
        if not lines.gpus:
            return _judge_within(needed_on(lines, self._target), limits)
        verdicts = map(_judge_within, lines.gpus, self._card_limits)
        return max(verdicts, key=_STRICTNESS.index)

    def _layers_that_fit(
        self, plan: Plan, limits: PoolLimits, whole: PlacedLines
    ) -> tuple[int, bool]:
        """Return the most layers that surely fit with the rest in RAM, and if that is rough."""
        is_one_gpu = self._step is not None and not whole.gpus
        if not self._counts_layers and self._least is not None and is_one_gpu:
            near = self._quick_layers(plan, limits)
            if near is not None:
                return near, near > 0
        return self._most_layers(plan, limits, whole), False

    def _most_layers(self, plan: Plan, limits: PoolLimits, whole: PlacedLines) -> int:
        """Count the layers; what is in use at the least is told before the graph is asked."""

        def may_fit(count: int) -> bool:
            least = self._sums_with(plan, count, self._least)
            return self._judge_cards(least, limits) is FitVerdict.FITS

        def fits(count: int) -> bool:
            if self._least is not None and not may_fit(count):
                return False
            sums = self._sums_with(plan, count)
            return self._judge_cards(sums, limits) is FitVerdict.FITS

        if not may_fit(1):
            return 0
        one_bytes = self._sums_with(plan, 1, self._least).gpu.high_bytes
        highest = plan.gpu_layer_count - 1
        # Layers are nearly alike, so a straight line from one of them to all is near.
        each_bytes = max(1, (whole.gpu.high_bytes - one_bytes) // highest)
        near = min(1 + (limits.surely_bytes - one_bytes) // each_bytes, highest)
        most = _last_true(fits, highest=highest, near=near)
        return 0 if most and self._lacks_ram(self._sums_with(plan, most)) else most

    def _quick_layers(self, plan: Plan, limits: PoolLimits) -> int | None:
        """Return about how many layers fit, `None` where only a search tells if any does."""
        if self._quick is None:
            self._quick = quick_splits(self._model, self._plan)
        ram = self._ram_limits
        return self._quick.layers(
            plan,
            gpu_bytes=limits.surely_bytes,
            host_bytes=None if ram is None else ram.perhaps_bytes,
        )

    def _sums_with(self, plan: Plan, count: int, runtime: Sums | None = None) -> PlacedLines:
        """Return what a plan takes with so many layers on the GPU, by a runtime's bounds."""
        split = plan.changed(gpu_layer_count=count)
        if runtime is None:
            return self._weight_sums(split) + self._step_sums(split)
        return self._weight_sums(split) + runtime.step_sums(self._model, split)

    def _lacks_ram(self, sums: PlacedLines) -> bool:
        if self._ram_limits is None:
            return False
        return _judge_within(sums.host, self._ram_limits) is FitVerdict.NO


_STRICTNESS: Final = (FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.NO)


def _judge_within(needed: Band, limits: PoolLimits) -> FitVerdict:
    if limits.refusal is not None:
        return FitVerdict.NO
    if needed.high_bytes <= limits.surely_bytes:
        return FitVerdict.FITS
    return FitVerdict.TIGHT if needed.expected_bytes <= limits.perhaps_bytes else FitVerdict.NO


def _tightness(limits: PoolLimits) -> tuple[bool, int, int]:
    return limits.refusal is None, limits.surely_bytes, limits.perhaps_bytes


def needed_on(lines: PlacedLines, target: MemoryPool) -> Band:
    """Return what a plan takes from the target: unified memory holds both sides at once."""
    if target.kind is PoolKind.DEDICATED:
        return lines.gpu
    return lines.gpu + lines.host


def _last_true(holds: Callable[[int], bool], *, highest: int, near: int) -> int:
    """Return the largest count from 1 to `highest` that holds, 0 if 1 does not.

    The search starts `near` the answer and takes steps of 1, 2, 4, ... towards it.
    """
    low, high, step = 0, highest, 1
    probe = min(max(near, 1), highest)
    while low < high:
        if holds(probe):
            low = probe
            probe = min(low + step, high)
        else:
            high = probe - 1
            probe = max(high - step + 1, low + 1)
        step *= 2
    return low

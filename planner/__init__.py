"""Phi Planner: will this Phi model run on this computer?

The command line and the window stand on the same few values, and so can a program. All sizes
are bytes; a figure that is not known is `None`.

A machine is its pools of memory; `planner.hardware.detect.detect_machine()` reads this one's.

>>> from planner.core.machine import Machine, MemoryPool, PoolKind
>>> from planner.core.units import GIB
>>> card = MemoryPool(
...     id="gpu0", kind=PoolKind.DEDICATED, name="A card", source="what-if",
...     total_bytes=12 * GIB, free_bytes=11 * GIB,
... )
>>> ram = MemoryPool(
...     id="ram", kind=PoolKind.SYSTEM, name="RAM", source="what-if",
...     total_bytes=32 * GIB, free_bytes=28 * GIB,
... )
>>> machine = Machine(pools=(card, ram))

A session has the models too, and answers for one plan or for all of them.

>>> from planner.catalogue import load_catalogue, load_model
>>> from planner.core.plan import PlanOptions
>>> from planner.session import PlannerSession
>>> session = PlannerSession(models=load_catalogue().models, machine=machine)
>>> options = PlanOptions(context_length=8192)
>>> detail = session.detail(load_model("phi-4"), "Q4_K_M", options)
>>> print(detail.result.verdict)
tight
>>> grid = session.grid(options)
>>> len(grid.models), len(grid.quant_formats)
(24, 30)

Every byte of the answer is a line with its formula. Phi-4 keeps 10 heads of 128 values for keys
and as many for values in each of its 40 layers, two bytes each: for 8,192 tokens,

>>> lines = detail.estimate.ledger.lines
>>> sum(line.band.expected_bytes for line in lines if line.part == "kv_cache")
1677721600
>>> 2 * 40 * 10 * 128 * 2 * 8192
1677721600

What a person can act on is a `planner.core.errors.PlannerError`, whose text is a sentence.
"""

"""llama.cpp's compute graph and its allocator, so that a buffer's size is computed exactly.

The rules are those of ggml-org/llama.cpp 0c1e57098 (2026-10): the graphs of `phi2.cpp`,
`phi3.cpp` and `phimoe.cpp` in `src/models`, the parts on each backend of
`ggml_backend_sched_split_graph`, and the allocator of `ggml-alloc.c`. Their result is what
llama.cpp prints as "compute buffer size".
"""

"""llama.cpp (GGUF): exact weights and KV cache, compute buffers by the largest stage."""

r"""Ask llama.cpp again for every row of `tests/data/llama_cpp/compute_simulation.csv`.

    python -m tests.measure.llama_cpp SIMULATION [--table FILE] [--write]

A difference is printed and ends with exit code 1; with `--write` the table is written anew,
which also fills rows whose last two columns were left empty. It takes about a minute.

SIMULATION is `size_simulation.cpp`, linked with llama.cpp. On Linux, with cmake and g++:

    pip download --no-binary :all: --no-deps llama-cpp-python==0.3.36
    tar xf llama_cpp_python-0.3.36.tar.gz
    L=$PWD/llama_cpp_python-0.3.36/vendor/llama.cpp
    cmake -S $L -B build -DCMAKE_BUILD_TYPE=Release -DLLAMA_BUILD_COMMON=OFF \
        -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TESTS=OFF
    cmake --build build --parallel
    g++ -O1 -std=c++17 -I$L/include -I$L/src -I$L/ggml/include -I$L/ggml/src \
        tests/measure/llama_cpp/size_simulation.cpp -o size_simulation \
        -Lbuild/bin -lllama -lggml -lggml-base -lggml-cpu -Wl,-rpath,$PWD/build/bin
"""

import sys

from tests.measure.llama_cpp.simulate import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

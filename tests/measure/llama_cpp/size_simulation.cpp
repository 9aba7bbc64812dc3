// What llama.cpp itself reserves for a model, a context and a split over GPUs that are not there.
//
// llama.cpp sizes its buffers without allocating them when a model is loaded with `no_alloc` (its
// own `--fit` does so). This program registers devices that follow the rules of its CUDA backend
// and then asks, so no GPU is needed, and no weights: a GGUF file with a header alone will do.
//
// Made for llama.cpp 0c1e57098 (2026-10), which the source distribution of llama-cpp-python
// 0.3.36 has under vendor/llama.cpp. It needs two headers of llama.cpp that are not public
// (src/llama-ext.h, ggml/src/ggml-backend-impl.h); see __main__.py for how it is built.
//
// usage: size_simulation FILE [NAME VALUE]...
//   ngl ctx ub batch seq uni fa nout ctk ctv ncmoe   as llama.cpp's options are called
//   ndev ts sm events                                how many GPUs, shares, split mode, 0|1
// prints {"buffer type": [model, context, compute], ...} in bytes.

#include "ggml-backend-impl.h"
#include "ggml-backend.h"
#include "ggml-impl.h"
#include "llama-ext.h"
#include "llama.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <sstream>
#include <string>
#include <vector>

// ---- devices that follow CUDA's rules ------------------------------------------------------

static const int MOST_DEVICES = 8;
static int device_count = 1;
static bool has_events = true;

struct device_context {
    std::string name;
    ggml_backend_buffer_type buffer_type;
};

static ggml_backend_reg registry;
static ggml_backend_device devices[MOST_DEVICES];
static device_context contexts[MOST_DEVICES];
static ggml_backend_buffer_type host_buffer_type;

static device_context * context_of(ggml_backend_dev_t device) {
    return (device_context *) device->context;
}

static const char * buffer_type_name(ggml_backend_buffer_type_t type) {
    return ((device_context *) type->context)->name.c_str();
}

static const char * host_buffer_type_name(ggml_backend_buffer_type_t) { return "FAKE_Host"; }

static bool is_ours(ggml_backend_buffer_type_t type) {
    return type->iface.get_name == buffer_type_name;
}

// Buffers have a size and an address and nothing behind it.
static void * buffer_base(ggml_backend_buffer_t) { return (void *) 0x1000; }
static void   buffer_free(ggml_backend_buffer_t) {}
static void   buffer_set(ggml_backend_buffer_t, ggml_tensor *, const void *, size_t, size_t) {}
static void   buffer_get(ggml_backend_buffer_t, const ggml_tensor *, void *, size_t, size_t) {}
static void   buffer_clear(ggml_backend_buffer_t, uint8_t) {}

static ggml_backend_buffer_t buffer_alloc(ggml_backend_buffer_type_t type, size_t size) {
    ggml_backend_buffer_i iface = {};
    iface.free_buffer = buffer_free;
    iface.get_base    = buffer_base;
    iface.set_tensor  = buffer_set;
    iface.get_tensor  = buffer_get;
    iface.clear       = buffer_clear;
    return ggml_backend_buffer_init(type, iface, nullptr, size);
}

// `ggml_backend_cuda_buffer_type_get_alignment`
static size_t buffer_alignment(ggml_backend_buffer_type_t) { return 128; }

static size_t padded(size_t size) { return (size + 127) / 128 * 128; }

// `ggml_backend_cuda_buffer_type_get_alloc_size`: rows of blocks are padded to 512 values, and
// flash attention keeps f16 copies of other caches behind its result (PR 23907).
static size_t alloc_size(ggml_backend_buffer_type_t, const ggml_tensor * tensor) {
    size_t size = ggml_nbytes(tensor);
    if (tensor->op == GGML_OP_FLASH_ATTN_EXT) {
        const ggml_tensor * keys   = tensor->src[1];
        const ggml_tensor * values = tensor->src[2];
        const bool one_cache = values->view_src &&
            (values == keys || (values->view_src == keys && values->view_offs == 0));
        if (keys->type != GGML_TYPE_F16) {
            size = padded(size) + ggml_nelements(keys) * 2;
        }
        if (values->type != GGML_TYPE_F16 && !one_cache) {
            size = padded(size) + ggml_nelements(values) * 2;
        }
    }
    const int64_t rest = tensor->ne[0] % 512;
    if (ggml_is_quantized(tensor->type) && rest) {
        size += ggml_row_size(tensor->type, 512 - rest);
    }
    return size;
}

static const char * device_name(ggml_backend_dev_t device) {
    return context_of(device)->name.c_str();
}

static void device_memory(ggml_backend_dev_t, size_t * free, size_t * total) {
    *free = *total = (size_t) 80 << 30;
}

static enum ggml_backend_dev_type device_type(ggml_backend_dev_t) {
    return GGML_BACKEND_DEVICE_TYPE_GPU;
}

static void device_props(ggml_backend_dev_t device, ggml_backend_dev_props * props) {
    memset(props, 0, sizeof *props);
    props->name = props->description = device_name(device);
    props->type = device_type(device);
    device_memory(device, &props->memory_free, &props->memory_total);
    props->caps = { /* async */ true, /* host_buffer */ true,
                    /* buffer_from_host_ptr */ false, /* events */ has_events,
                    /* mmap */ true };
}

// A backend that computes nothing.
static const char * backend_name(ggml_backend_t backend) { return device_name(backend->device); }
static void backend_free(ggml_backend_t backend) { delete backend; }
static void backend_synchronize(ggml_backend_t) {}
static void backend_event(ggml_backend_t, ggml_backend_event_t) {}
static void backend_set(ggml_backend_t, ggml_tensor *, const void *, size_t, size_t) {}
static void backend_get(ggml_backend_t, const ggml_tensor *, void *, size_t, size_t) {}
static bool backend_copy(ggml_backend_t, ggml_backend_t, const ggml_tensor *, ggml_tensor *) {
    return true;
}
static enum ggml_status backend_compute(ggml_backend_t, ggml_cgraph *) {
    return GGML_STATUS_SUCCESS;
}

static ggml_backend_t device_init(ggml_backend_dev_t device, const char *) {
    static uint8_t guid[16] = { 1, 2, 3 };
    auto * backend = new ggml_backend();
    backend->guid    = (ggml_guid_t) guid;
    backend->device  = device;
    backend->context = nullptr;
    backend->iface   = {};
    backend->iface.get_name         = backend_name;
    backend->iface.free             = backend_free;
    backend->iface.graph_compute    = backend_compute;
    backend->iface.synchronize      = backend_synchronize;
    backend->iface.event_record     = backend_event;
    backend->iface.event_wait       = backend_event;
    backend->iface.set_tensor_async = backend_set;
    backend->iface.get_tensor_async = backend_get;
    backend->iface.cpy_tensor_async = backend_copy;
    return backend;
}

static ggml_backend_buffer_type_t device_buffer_type(ggml_backend_dev_t device) {
    return &context_of(device)->buffer_type;
}

static ggml_backend_buffer_type_t device_host_buffer_type(ggml_backend_dev_t) {
    return &host_buffer_type;
}

// `ggml_backend_cuda_device_supports_op`, as far as the graphs of Phi models ask: no tensor of
// another device, and rows are looked up in these types alone (not in K-quants).
static bool supports_op(ggml_backend_dev_t device, const ggml_tensor * op) {
    for (int i = 0; i < GGML_MAX_SRC; i++) {
        const ggml_tensor * source = op->src[i];
        if (source && source->buffer && is_ours(source->buffer->buft) &&
            source->buffer->buft->device != device) {
            return false;
        }
    }
    if (op->op != GGML_OP_GET_ROWS) {
        return true;
    }
    switch (op->src[0]->type) {
        case GGML_TYPE_F16:
        case GGML_TYPE_F32:
        case GGML_TYPE_BF16:
        case GGML_TYPE_I32:
        case GGML_TYPE_Q4_0:
        case GGML_TYPE_Q4_1:
        case GGML_TYPE_Q5_0:
        case GGML_TYPE_Q5_1:
        case GGML_TYPE_Q8_0:
            return true;
        default:
            return false;
    }
}

static bool supports_buffer_type(ggml_backend_dev_t device, ggml_backend_buffer_type_t type) {
    return is_ours(type) && type->device == device;
}

// `ggml_backend_cuda_device_offload_op`: 32 rows or more are worth copying weights from RAM.
static bool offloads_op(ggml_backend_dev_t, const ggml_tensor * op) {
    switch (op->op) {
        case GGML_OP_GET_ROWS:
            return false;
        case GGML_OP_MUL_MAT:
            return op->ne[1] >= 32;
        case GGML_OP_MUL_MAT_ID:
        case GGML_OP_ROPE:
        case GGML_OP_ROPE_BACK:
            return op->ne[2] >= 32;
        default:
            return ggml_nrows(op) >= 32;
    }
}

static ggml_backend_event_t event_new(ggml_backend_dev_t device) {
    return new ggml_backend_event{ device, nullptr };
}
static void event_free(ggml_backend_dev_t, ggml_backend_event_t event) { delete event; }
static void event_synchronize(ggml_backend_dev_t, ggml_backend_event_t) {}

static const char * registry_name(ggml_backend_reg_t) { return "FAKE"; }
static size_t registry_count(ggml_backend_reg_t) { return device_count; }
static ggml_backend_dev_t registry_device(ggml_backend_reg_t, size_t i) { return &devices[i]; }
static void * registry_address(ggml_backend_reg_t, const char *) { return nullptr; }

static void register_devices() {
    registry.api_version = GGML_BACKEND_API_VERSION;
    registry.iface = { registry_name, registry_count, registry_device, registry_address };
    registry.context = nullptr;
    for (int i = 0; i < device_count; i++) {
        contexts[i].name = "FAKE" + std::to_string(i);
        contexts[i].buffer_type.iface = { buffer_type_name, buffer_alloc, buffer_alignment,
                                          nullptr, alloc_size, nullptr };
        contexts[i].buffer_type.device  = &devices[i];
        contexts[i].buffer_type.context = &contexts[i];
        devices[i].iface = { device_name, device_name, device_memory, device_type, device_props,
                             device_init, device_buffer_type, device_host_buffer_type, nullptr,
                             supports_op, supports_buffer_type, offloads_op,
                             has_events ? event_new : nullptr,
                             has_events ? event_free : nullptr,
                             has_events ? event_synchronize : nullptr };
        devices[i].reg     = &registry;
        devices[i].context = &contexts[i];
    }
    // Pinned memory is the CPU's with another name.
    host_buffer_type = *ggml_backend_cpu_buffer_type();
    host_buffer_type.iface.get_name = host_buffer_type_name;
    host_buffer_type.device = &devices[0];
    if (device_count > 0) {
        ggml_backend_load_all();
        ggml_backend_register(&registry);
    }
}

// ---- the question ------------------------------------------------------------------------

static std::map<std::string, std::string> options;

static std::string option(const char * name, const char * usual) {
    auto found = options.find(name);
    return found == options.end() ? usual : found->second;
}

static int number(const char * name, const char * usual) {
    return atoi(option(name, usual).c_str());
}

static ggml_type cache_type(const char * name) {
    const std::string wanted = option(name, "f16");
    for (ggml_type type : { GGML_TYPE_F32, GGML_TYPE_F16, GGML_TYPE_BF16, GGML_TYPE_Q8_0,
                            GGML_TYPE_Q5_1, GGML_TYPE_Q5_0, GGML_TYPE_Q4_1, GGML_TYPE_Q4_0 }) {
        if (wanted == ggml_type_name(type)) {
            return type;
        }
    }
    fprintf(stderr, "unknown cache type %s\n", wanted.c_str());
    exit(2);
}

static void log_errors(enum ggml_log_level level, const char * text, void *) {
    if (level >= GGML_LOG_LEVEL_ERROR) {
        fputs(text, stderr);
    }
}

static llama_model * load(const char * path) {
    static float shares[128] = { 0 };
    static std::vector<std::string> patterns;
    static std::vector<llama_model_tensor_buft_override> overrides;

    auto params = llama_model_default_params();
    params.n_gpu_layers    = number("ngl", "999");
    params.no_alloc        = true;
    params.load_mode       = LLAMA_LOAD_MODE_NONE;
    params.use_extra_bufts = true;
    params.split_mode      = (llama_split_mode) number("sm", "1");
    std::stringstream split(option("ts", ""));
    std::string share;
    for (int i = 0; i < 128 && std::getline(split, share, ','); i++) {
        shares[i] = (float) atof(share.c_str());
        params.tensor_split = shares;
    }
    // As `--n-cpu-moe` does in common/arg.cpp.
    for (int i = 0; i < number("ncmoe", "0"); i++) {
        patterns.push_back("blk\\." + std::to_string(i) +
                           "\\.ffn_(up|down|gate|gate_up)_(ch|)exps");
    }
    for (const auto & pattern : patterns) {
        overrides.push_back({ pattern.c_str(), ggml_backend_cpu_buffer_type() });
    }
    overrides.push_back({ nullptr, nullptr });
    if (!patterns.empty()) {
        params.tensor_buft_overrides = overrides.data();
    }
    return llama_model_load_from_file(path, params);
}

static llama_context * make_context(llama_model * model) {
    auto params = llama_context_default_params();
    params.n_ctx           = number("ctx", "4096");
    params.n_batch         = number("batch", "2048");
    params.n_ubatch        = number("ub", "512");
    params.n_seq_max       = number("seq", "1");
    params.n_outputs_max   = number("nout", "0");  // 0: libllama's default, each token
    params.kv_unified      = number("uni", "0");
    params.flash_attn_type = (llama_flash_attn_type) number("fa", "1");
    params.type_k          = cache_type("ctk");
    params.type_v          = cache_type("ctv");
    return llama_init_from_model(model, params);
}

int main(int argc, char ** argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: size_simulation FILE [NAME VALUE]...\n");
        return 2;
    }
    for (int i = 2; i + 1 < argc; i += 2) {
        options[argv[i]] = argv[i + 1];
    }
    device_count = number("ndev", "1");
    has_events   = number("events", "1");
    if (device_count < 0 || device_count > MOST_DEVICES) {
        fprintf(stderr, "at most %d devices\n", MOST_DEVICES);
        return 2;
    }
    llama_log_set(log_errors, nullptr);
    register_devices();
    llama_backend_init();
    llama_model * model = load(argv[1]);
    llama_context * context = model ? make_context(model) : nullptr;
    if (!context) {
        return 1;
    }
    const char * comma = "";
    printf("{");
    for (const auto & [type, bytes] : llama_get_memory_breakdown(context)) {
        printf("%s\"%s\": [%zu, %zu, %zu]", comma, ggml_backend_buft_name(type), bytes.model,
               bytes.context, bytes.compute);
        comma = ", ";
    }
    printf("}\n");
    return 0;
}

/* Stands in for NVIDIA's management library, so that tests have GPUs without having any.
 *
 * Built as libnvidia-ml.so.1 (tests/fake_nvml/build.py), it is loaded by the real pynvml and
 * answers from a scene: the text file that $FAKE_NVML_CONFIG names.
 *
 *     key = value            of the driver, or of the device that was opened last
 *     [gpu]                  opens a GPU
 *     [mig]                  opens a slice of the GPU above it
 *     err.<function> = 15    that function answers with this nvmlReturn_t
 *     hang.<function> = 1    it never returns
 *     crash.<function> = 1   it ends the process with SIGSEGV
 *     name_hex = f892ff      a name of raw bytes
 *     compute = 812 1048576  a program by its number, and what it holds; -1 is not available
 *     graphics = 812 1048576 the same, one that draws
 *     program.812 = /usr/x   what that program was started as; of the driver
 *
 * A device without a key answers "not supported", as a driver does for what a board lacks.
 * Only what the planner calls is here: any other function is missing, as in an old driver.
 * Layouts follow nvml.h (https://docs.nvidia.com/deploy/nvml-api).
 */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXPORTED __attribute__((visibility("default")))

enum {
    SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2, NOT_SUPPORTED = 3, NOT_FOUND = 6,
    INSUFFICIENT_SIZE = 7, ARGUMENT_VERSION_MISMATCH = 25
};
enum { DRIVER = 0, MAX_SECTIONS = 80, MAX_ENTRIES = 2000, MEMORY_CLOCK = 2 };

typedef unsigned long long u64;

struct section { int parent; int index; };   /* a handle is a pointer to one of these */
struct entry { int section; char key[80]; char value[200]; };

static struct section sections[MAX_SECTIONS];
static struct entry entries[MAX_ENTRIES];
static int section_count, entry_count, is_started;

/* ------------------------------------------------------------------------- the scene */

static char *stripped(char *text)
{
    size_t length;
    text += strspn(text, " \t");
    length = strlen(text);
    while (length && strchr(" \t\r\n", text[length - 1]))
        text[--length] = '\0';
    return text;
}

static void open_section(int parent)
{
    int other, index = 0;
    if (section_count == MAX_SECTIONS)
        abort();
    for (other = 1; other < section_count; other++)
        index += sections[other].parent == parent;
    sections[section_count].parent = parent;
    sections[section_count++].index = index;
}

static void add_entry(const char *key, const char *value)
{
    struct entry *entry = &entries[entry_count];
    if (entry_count == MAX_ENTRIES)
        abort();
    entry->section = section_count - 1;
    snprintf(entry->key, sizeof entry->key, "%s", key);
    snprintf(entry->value, sizeof entry->value, "%s", value);
    entry_count++;
}

static void read_scene(void)
{
    const char *path = getenv("FAKE_NVML_CONFIG");
    FILE *file = path ? fopen(path, "r") : NULL;
    char line[512];
    int gpu = DRIVER;

    section_count = 1;
    entry_count = 0;
    sections[DRIVER].parent = -1;
    while (file && fgets(line, sizeof line, file)) {
        char *text, *equals;
        line[strcspn(line, "#")] = '\0';
        text = stripped(line);
        if (!strcmp(text, "[gpu]")) {
            gpu = section_count;
            open_section(DRIVER);
        } else if (!strcmp(text, "[mig]")) {
            open_section(gpu);
        } else if ((equals = strchr(text, '='))) {
            *equals = '\0';
            add_entry(stripped(text), stripped(equals + 1));
        }
    }
    if (file)
        fclose(file);
}

static const char *find(const struct section *device, const char *key)
{
    int i;
    for (i = 0; i < entry_count; i++)
        if (&sections[entries[i].section] == device && !strcmp(entries[i].key, key))
            return entries[i].value;
    return NULL;
}

static int find_number(const struct section *device, const char *key, u64 *number)
{
    const char *value = find(device, key);
    if (!value)
        return NOT_SUPPORTED;
    *number = strtoull(value, NULL, 0);
    return SUCCESS;
}

static int give_u32(const struct section *device, const char *key, unsigned *out)
{
    u64 number;
    int result = find_number(device, key, &number);
    if (result == SUCCESS)
        *out = (unsigned)number;
    return result;
}

static int give_text(const struct section *device, const char *key, char *out, unsigned room)
{
    const char *value = find(device, key);
    if (!value)
        return NOT_SUPPORTED;
    if (strlen(value) >= room)
        return INSUFFICIENT_SIZE;
    strcpy(out, value);
    return SUCCESS;
}

static int count_inside(const struct section *device)
{
    int i, count = 0;
    for (i = 1; i < section_count; i++)
        count += &sections[sections[i].parent] == device;
    return count;
}

static struct section *nth_inside(const struct section *device, unsigned index)
{
    int i;
    for (i = 1; i < section_count; i++)
        if (&sections[sections[i].parent] == device && sections[i].index == (int)index)
            return &sections[i];
    return NULL;
}

/* What the scene wants this function to do instead of answering. */
static int staged(const struct section *device, const char *function)
{
    const struct section *places[2];
    char key[80];
    u64 number;
    int i;

    places[0] = device;
    places[1] = &sections[DRIVER];
    for (i = 0; i < 2; i++) {
        snprintf(key, sizeof key, "hang.%s", function);
        while (find(places[i], key))
            pause();
        snprintf(key, sizeof key, "crash.%s", function);
        if (find(places[i], key))
            raise(SIGSEGV);
        snprintf(key, sizeof key, "err.%s", function);
        if (find_number(places[i], key, &number) == SUCCESS)
            return (int)number;
    }
    return SUCCESS;
}

#define BEGIN(device)                                          \
    do {                                                       \
        int staged_result;                                     \
        if (!is_started)                                       \
            return UNINITIALIZED;                              \
        if (!(device))                                         \
            return INVALID_ARGUMENT;                           \
        if ((staged_result = staged((device), __func__)))      \
            return staged_result;                              \
    } while (0)

/* ---------------------------------------------------------------------- the library */

EXPORTED int nvmlInitWithFlags(unsigned flags)
{
    int result;
    (void)flags;
    read_scene();
    result = staged(&sections[DRIVER], __func__);
    is_started += result == SUCCESS;
    return result;
}

EXPORTED int nvmlShutdown(void)
{
    BEGIN(&sections[DRIVER]);
    is_started--;
    return SUCCESS;
}

EXPORTED const char *nvmlErrorString(int result)
{
    switch (result) {
    case NOT_SUPPORTED: return "Not Supported";
    case 4: return "Insufficient Permissions";
    case 9: return "Driver Not Loaded";
    case 15: return "GPU is lost";
    case 18: return "Driver/library version mismatch";
    default: return "Unknown Error";
    }
}

EXPORTED int nvmlSystemGetDriverVersion(char *out, unsigned room)
{
    BEGIN(&sections[DRIVER]);
    return give_text(&sections[DRIVER], "driver", out, room);
}

EXPORTED int nvmlSystemGetCudaDriverVersion_v2(int *version)
{
    BEGIN(&sections[DRIVER]);
    return give_u32(&sections[DRIVER], "cuda", (unsigned *)version);
}

EXPORTED int nvmlDeviceGetCount_v2(unsigned *count)
{
    BEGIN(&sections[DRIVER]);
    *count = (unsigned)count_inside(&sections[DRIVER]);
    return SUCCESS;
}

EXPORTED int nvmlDeviceGetHandleByIndex_v2(unsigned index, struct section **device)
{
    struct section *found;
    BEGIN(&sections[DRIVER]);
    if (!(found = nth_inside(&sections[DRIVER], index)))
        return INVALID_ARGUMENT;
    *device = found;
    return staged(found, __func__);
}

/* ----------------------------------------------------------------------- one device */

EXPORTED int nvmlDeviceGetName(struct section *device, char *out, unsigned room)
{
    const char *hex;
    unsigned byte, length = 0;
    BEGIN(device);
    if (!(hex = find(device, "name_hex")))
        return give_text(device, "name", out, room);
    for (; length + 1 < room && sscanf(hex, "%2x", &byte) == 1; hex += 2)
        out[length++] = (char)byte;
    out[length] = '\0';
    return SUCCESS;
}

EXPORTED int nvmlDeviceGetUUID(struct section *device, char *out, unsigned room)
{
    BEGIN(device);
    return give_text(device, "uuid", out, room);
}

struct pci_info {
    char legacy_bus_id[16];
    unsigned domain, bus, device, pci_device_id, pci_subsystem_id;
    char bus_id[32];
};

EXPORTED int nvmlDeviceGetPciInfo_v3(struct section *device, struct pci_info *out)
{
    BEGIN(device);
    memset(out, 0, sizeof *out);
    give_u32(device, "pci_id", &out->pci_device_id);
    return give_text(device, "bus", out->bus_id, sizeof out->bus_id);
}

struct memory_v1 { u64 total, free, used; };
struct memory_v2 { unsigned version; u64 total, reserved, free, used; };

static int give_memory(const struct section *device, struct memory_v2 *out)
{
    int result = find_number(device, "total", &out->total);
    out->reserved = out->used = 0;
    find_number(device, "reserved", &out->reserved);
    find_number(device, "used", &out->used);
    out->free = out->total - out->reserved - out->used;
    find_number(device, "free", &out->free);
    return result;
}

EXPORTED int nvmlDeviceGetMemoryInfo_v2(struct section *device, struct memory_v2 *out)
{
    BEGIN(device);
    if (out->version != (sizeof *out | 2u << 24))
        return ARGUMENT_VERSION_MISMATCH;
    return give_memory(device, out);
}

/* The first version hides the driver's own share in what is used. */
EXPORTED int nvmlDeviceGetMemoryInfo(struct section *device, struct memory_v1 *out)
{
    struct memory_v2 memory;
    int result;
    BEGIN(device);
    result = give_memory(device, &memory);
    out->total = memory.total;
    out->free = memory.free;
    out->used = memory.used + memory.reserved;
    return result;
}

EXPORTED int nvmlDeviceGetCudaComputeCapability(struct section *device, int *major, int *minor)
{
    const char *value;
    BEGIN(device);
    value = find(device, "compute_capability");
    return value && sscanf(value, "%d.%d", major, minor) == 2 ? SUCCESS : NOT_SUPPORTED;
}

EXPORTED int nvmlDeviceGetMemoryBusWidth(struct section *device, unsigned *bits)
{
    BEGIN(device);
    return give_u32(device, "bus_width", bits);
}

EXPORTED int nvmlDeviceGetClockInfo(struct section *device, unsigned type, unsigned *mhz)
{
    BEGIN(device);
    return type == MEMORY_CLOCK ? give_u32(device, "memory_clock", mhz) : NOT_SUPPORTED;
}

EXPORTED int nvmlDeviceGetMaxClockInfo(struct section *device, unsigned type, unsigned *mhz)
{
    BEGIN(device);
    return type == MEMORY_CLOCK ? give_u32(device, "max_memory_clock", mhz) : NOT_SUPPORTED;
}

struct addressing_mode { unsigned version, value; };

EXPORTED int nvmlDeviceGetAddressingMode(struct section *device, struct addressing_mode *out)
{
    BEGIN(device);
    return give_u32(device, "addressing_mode", &out->value);
}

EXPORTED int nvmlDeviceGetDriverModel_v2(struct section *device, unsigned *now, unsigned *next)
{
    int result;
    BEGIN(device);
    result = give_u32(device, "driver_model", now);
    *next = *now;
    return result;
}

EXPORTED int nvmlDeviceGetVirtualizationMode(struct section *device, unsigned *mode)
{
    BEGIN(device);
    return give_u32(device, "virtualization", mode);
}

struct process { unsigned pid; u64 used; unsigned gpu_instance, compute_instance; };

static int give_processes(
    const struct section *device, const char *key, unsigned *count, struct process *out)
{
    unsigned room = *count;
    int i;
    *count = 0;
    for (i = 0; i < entry_count; i++) {
        unsigned pid;
        long long used;
        if (&sections[entries[i].section] != device || strcmp(entries[i].key, key))
            continue;
        if (sscanf(entries[i].value, "%u %lld", &pid, &used) != 2)
            abort();
        if (*count < room && out) {
            memset(&out[*count], 0, sizeof *out);
            out[*count].pid = pid;
            out[*count].used = (u64)used;
        }
        ++*count;
    }
    return *count > room ? INSUFFICIENT_SIZE : SUCCESS;
}

EXPORTED int nvmlDeviceGetComputeRunningProcesses_v3(
    struct section *device, unsigned *count, struct process *out)
{
    BEGIN(device);
    return give_processes(device, "compute", count, out);
}

EXPORTED int nvmlDeviceGetComputeRunningProcesses_v2(
    struct section *device, unsigned *count, struct process *out)
{
    BEGIN(device);
    return give_processes(device, "compute", count, out);
}

EXPORTED int nvmlDeviceGetGraphicsRunningProcesses_v3(
    struct section *device, unsigned *count, struct process *out)
{
    BEGIN(device);
    return give_processes(device, "graphics", count, out);
}

EXPORTED int nvmlSystemGetProcessName(unsigned pid, char *out, unsigned room)
{
    char key[80];
    BEGIN(&sections[DRIVER]);
    snprintf(key, sizeof key, "program.%u", pid);
    return find(&sections[DRIVER], key) ? give_text(&sections[DRIVER], key, out, room)
                                        : NOT_FOUND;
}

/* --------------------------------------------------------------------------- slices */

EXPORTED int nvmlDeviceGetMigMode(struct section *device, unsigned *now, unsigned *next)
{
    int result;
    BEGIN(device);
    result = give_u32(device, "mig", now);
    *next = *now;
    return result;
}

EXPORTED int nvmlDeviceGetMaxMigDeviceCount(struct section *device, unsigned *count)
{
    BEGIN(device);
    return give_u32(device, "max_mig", count);
}

EXPORTED int nvmlDeviceGetMigDeviceHandleByIndex(
    struct section *device, unsigned index, struct section **slice)
{
    struct section *found;
    BEGIN(device);
    if (!(found = nth_inside(device, index)))
        return NOT_FOUND;
    *slice = found;
    return SUCCESS;
}

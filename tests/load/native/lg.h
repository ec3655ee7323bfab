// The parts of lg that know nothing of connections: options, clock, /proc, histogram, templates, addresses.
#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TX = 1 << 20, LONGEST_STAMP = 48 };      // TX: the longest text that can be sent
struct hist { uint64_t n, max, at[58 * 128]; };     // microseconds; 128 buckets an octave: within 0.8 %
struct usage { double cpu, rss, self, wall; };      // server s, server KB, own s, s
struct target { struct sockaddr_in to; char host[64]; const char *path; };

static struct {
    char *url, *connect, *join, *joined, *token_file, *rooms, *publish, *body, *publish_frame, *publish_url,
         *publish_connect, *publish_join, *header, *reader_header, *pid, *json;
    double readers, join_rate, join_timeout, addresses, publishers, bytes, rate, seconds, warmup, drain, steps, p99, idle,
           final_every, bisect, conflated, storm, help;
} O = { .body = "{stamp}{pad}", .rooms = "en", .readers = 100, .join_timeout = 30, .publishers = 1, .bytes = 300,
        .rate = 10, .seconds = 5, .warmup = 1, .drain = 3, .steps = 5, .p99 = 250 };

static const struct option { const char *name; char kind; void *to; const char *help; } options[] = {
    { "url", 's', &O.url, "ws://IP:PORT/PATH for readers; may hold {room} {i} {token}" },
    { "connect", 's', &O.connect, "frame after the Engine.IO open packet (40...); without it: raw websocket" },
    { "join", 's', &O.join, "frame after the answer to connect; may hold {room} {i} {token}" },
    { "joined", 's', &O.joined, "joined when a frame holds this text (default: when the join is sent)" },
    { "token-file", 's', &O.token_file, "line i is {token} of reader i; wraps around" },
    { "rooms", 's', &O.rooms, "A,B,C: reader i is in room i mod count, publishes go round (en)" },
    { "readers", 'n', &O.readers, "number of readers (100)" },
    { "reader-header", 'h', &O.reader_header, "'K: V' of the upgrade request; repeatable" },
    { "join-rate", 'n', &O.join_rate, "new connections/s; 0 = fast, at most 200 handshakes in flight (0)" },
    { "join-timeout", 'n', &O.join_timeout, "seconds without a single join until the rest has failed (30)" },
    { "addresses", 'n', &O.addresses, "source addresses from 127.0.0.2 on (one for each 20,000 readers)" },
    { "publish", 's', &O.publish, "http://IP:PORT/PATH to POST to; may hold {room} {seq} {stamp}" },
    { "body", 's', &O.body, "text to POST; may hold {stamp} {pad} {seq} {room} ({stamp}{pad})" },
    { "header", 'h', &O.header, "'K: V' of each POST; repeatable" },
    { "publishers", 'n', &O.publishers, "publishing connections, one request at a time each (1)" },
    { "publish-frame", 's', &O.publish_frame, "publish by this websocket frame instead of a POST" },
    { "publish-url", 's', &O.publish_url, "its socket's address (--url)" },
    { "publish-connect", 's', &O.publish_connect, "its connect frame (--connect)" },
    { "publish-join", 's', &O.publish_join, "frame it sends after the answer to connect (none)" },
    { "bytes", 'n', &O.bytes, "length of {stamp}{pad} together (300)" },
    { "rate", 'n', &O.rate, "publishes/s over all rooms (10)" },
    { "seconds", 'n', &O.seconds, "length of a stage (5)" },
    { "warmup", 'n', &O.warmup, "seconds before it, not timed, but nothing may be lost (1)" },
    { "drain", 'n', &O.drain, "seconds to wait for late ones (3; with --bisect 5)" },
    { "bisect", 'f', &O.bisect, "find the highest rate that holds --p99 and loses nothing" },
    { "p99", 'n', &O.p99, "limit in ms for --bisect (250)" },
    { "steps", 'n', &O.steps, "halvings after the doubling (5)" },
    { "conflated", 'f', &O.conflated, "a message passed over by a newer one was replaced, not lost" },
    { "final-every", 'n', &O.final_every, "with --conflated: each Nth message of a room may not be replaced" },
    { "pid", 's', &O.pid, "PID[,PID] of the server: CPU and RSS from /proc" },
    { "idle", 'n', &O.idle, "after joining, stay silent so many seconds and report" },
    { "storm", 'f', &O.storm, "after joining, break all connections at once, and let all come back at once" },
    { "json", 's', &O.json, "write everything to this file" },
    { "help", 'f', &O.help, "this" },
};
enum { OPTIONS = sizeof options / sizeof *options };

static struct target reader_at, pub_at;
static char **tokens, pad[TX];
static size_t n_tokens;
static int complaints;
static uint64_t now;                 // nanoseconds, as of the last look at the clock

static void usage_error(const char *format, ...) {
    va_list a;
    va_start(a, format);
    fputs("lg: ", stderr), vfprintf(stderr, format, a), fputs("  (lg --help)\n", stderr);
    exit(2);
}

static uint64_t clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return now = t.tv_sec * 1000000000ull + t.tv_nsec;
}

static uint64_t random64(void) {          // xorshift: masks and keys need to differ, not to be secret
    static uint64_t x = 88172645463325252ull;
    x ^= x << 13, x ^= x >> 7, x ^= x << 17;
    return x;
}

static void complain(const char *who, uint64_t i, const char *why) {
    if (complaints++ < 5) fprintf(stderr, "lg: %s %lu: %s\n", who, (unsigned long)i, why);
}

static char *grown(char *old, uint32_t *cap, size_t want) {
    if (want <= *cap) return old;
    if (!(old = realloc(old, *cap = want + want / 2))) usage_error("out of memory");
    return old;
}

static struct usage usage(void) {
    struct usage u = { .wall = clock_ns() / 1e9 };
    struct timespec t;
    for (char *pid = O.pid; pid && *pid; pid += strspn(pid, ",")) {
        char path[40], line[1024];
        unsigned long user = 0, system = 0, pages = 0;
        snprintf(path, sizeof path, "/proc/%ld/stat", strtol(pid, &pid, 10));
        FILE *f = fopen(path, "r");
        if (!f || !fgets(line, sizeof line, f)) usage_error("--pid: cannot read %s (has the server ended?)", path);
        fclose(f);
        sscanf(strrchr(line, ')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu %*d %*d %*d %*d %*d %*d %*u %*u %lu",
               &user, &system, &pages);
        u.cpu += (user + system) / (double)sysconf(_SC_CLK_TCK), u.rss += pages * (sysconf(_SC_PAGESIZE) / 1024.0);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    u.self = t.tv_sec + t.tv_nsec / 1e9;
    return u;
}

// ---- histogram: the low 7 bits below the leading one choose the bucket in its octave
static void hist_add(struct hist *h, uint64_t us) {
    int shift = us < 128 ? 0 : 56 - __builtin_clzll(us);
    h->at[shift * 128 + (us >> shift)]++, h->n++;
    if (us > h->max) h->max = us;
}

static double hist_ms(const struct hist *h, double quantile) {
    uint64_t want = ceil(h->n * quantile), seen = 0;
    for (uint64_t i = 0; h->n && i < sizeof h->at / sizeof *h->at; i++)
        if ((seen += h->at[i]) >= want) {
            uint64_t shift = i < 256 ? 0 : i / 128 - 1, low = (i - shift * 128) << shift;
            return fmin(low + (1ull << shift) / 2.0, h->max) / 1000;
        }
    return 0;
}

// ---- texts
static size_t expand(char *out, const char *t, const char *room, uint64_t id, uint64_t seq, const char *stamp) {
    size_t n = 0, padding = O.bytes > strlen(stamp) ? O.bytes - strlen(stamp) : 0;
    char number[24];
    while (*t) {
        const char *value = NULL, *close = *t == '{' ? strchr(t, '}') : NULL;
        size_t key = close ? close - t + 1 : 0, length;
        if (key == 6 && !strncmp(t, "{room}", 6)) value = room;
        else if (key == 7 && !strncmp(t, "{token}", 7)) value = n_tokens ? tokens[id % n_tokens] : "";
        else if (key == 7 && !strncmp(t, "{stamp}", 7)) value = stamp;
        else if (key == 5 && !strncmp(t, "{pad}", 5)) value = pad;
        else if (key == 3 && !strncmp(t, "{i}", 3)) sprintf(number, "%lu", (unsigned long)id), value = number;
        else if (key == 5 && !strncmp(t, "{seq}", 5)) sprintf(number, "%lu", (unsigned long)seq), value = number;
        if (!value) value = t, length = key = 1;       // an ordinary character, or a brace of JSON
        else length = value == pad ? padding : strlen(value);
        if (n + length >= TX - 4096) usage_error("a text is longer than 1 MB");
        memcpy(out + n, value, length), n += length, t += key;
    }
    out[n] = 0;
    return n;
}

static void parse_url(struct target *t, const char *url, const char *scheme) {
    char ip[48];
    int port = 80, used = 0;
    size_t n = strlen(scheme);
    if (strncmp(url, scheme, n)) usage_error("%s: want an address that begins with %s", url, scheme);
    if (sscanf(url + n, "%47[^:/?]%n", ip, &used) != 1) usage_error("%s: no host", url);
    t->path = url + n + used;
    if (*t->path == ':') port = strtol(t->path + 1, (char **)&t->path, 10);
    if (!*t->path) t->path = "/";
    t->to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons(port) };
    if (inet_pton(AF_INET, strcmp(ip, "localhost") ? ip : "127.0.0.1", &t->to.sin_addr) != 1)
        usage_error("%s: the host must be an IPv4 address or localhost", url);
    sprintf(t->host, "%s:%d", ip, port);
}

// ---- the command line
static void help(void) {
    puts("lg: opens websocket readers, publishes on a fixed schedule, and measures every delivery.\n"
         "A message is found by its {stamp}, @@SEQ:NANOSECONDS@@, wherever it stands in a frame.\n");
    for (int i = 0; i < OPTIONS; i++) printf("  --%-16s %s\n", options[i].name, options[i].help);
    puts("\nExit: 0 = all joined and all arrived (with --bisect: some rate held), 1 = not so, 2 = wrong use.");
    exit(0);
}

static void add_header(char **all, const char *line) {
    char *old = *all;
    if (!strchr(line, ':')) usage_error("header '%s': want 'Name: value'", line);
    if (asprintf(all, "%s%s\r\n", old ? old : "", line) < 0) usage_error("out of memory");
}

static void set_option(const struct option *o, char *value) {
    char *end;
    if (o->kind == 's') *(char **)o->to = value;
    if (o->kind == 'h') add_header(o->to, value);
    if (o->kind == 'n' && ((*(double *)o->to = strtod(value, &end)), end == value || *end || !(*(double *)o->to >= 0)))
        usage_error("--%s wants a number, not '%s'", o->name, value);
}

static void parse_options(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        int k = 0;
        while (k < OPTIONS && (strncmp(argv[i], "--", 2) || strcmp(argv[i] + 2, options[k].name))) k++;
        if (k == OPTIONS) usage_error("unknown option %s", argv[i]);
        if (options[k].kind == 'f') *(double *)options[k].to = 1;
        else if (++i == argc) usage_error("--%s wants a value", options[k].name);
        else set_option(&options[k], argv[i]);
    }
    if (O.help) help();
    if (!O.url) usage_error("--url is needed");
    if (O.readers < 1) usage_error("--readers must be at least 1");
    if (O.publish && O.publish_frame) usage_error("--publish and --publish-frame exclude each other");
    if (O.bisect && !O.publish && !O.publish_frame) usage_error("--bisect needs --publish or --publish-frame");
    if (O.rate <= 0 || O.seconds <= 0 || O.publishers < 1) usage_error("--rate, --seconds and --publishers must be above 0");
    if (O.joined && !*O.joined) O.joined = NULL;
    if (O.joined && strlen(O.joined) > LONGEST_STAMP) usage_error("--joined may have %d characters", LONGEST_STAMP);
    if (!O.header) O.header = "";
    if (!O.reader_header) O.reader_header = "";
    if (!O.publish_connect) O.publish_connect = O.connect;
    parse_url(&reader_at, O.url, "ws://");
    if (O.publish) parse_url(&pub_at, O.publish, "http://");
    if (O.publish_frame) parse_url(&pub_at, O.publish_url ? O.publish_url : O.url, "ws://");
}

static void read_tokens(void) {
    char *line = NULL;
    size_t size = 0;
    FILE *f = fopen(O.token_file, "r");
    if (!f) usage_error("--token-file %s: %s", O.token_file, strerror(errno));
    for (ssize_t n; (n = getline(&line, &size, f)) > 0;) {
        line[strcspn(line, "\r\n")] = 0;
        tokens = realloc(tokens, ++n_tokens * sizeof *tokens), tokens[n_tokens - 1] = strdup(line);
    }
    fclose(f);
    if (!n_tokens) usage_error("--token-file %s is empty", O.token_file);
}


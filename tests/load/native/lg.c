// lg: load generator and ruler for realtime fan-out servers. One thread, epoll, libc only.
// Built by `make bench` (cc -O2 -o lg lg.c -lm). Use: lg --help, and README.md beside this file.
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "lg.h"

enum { HEADROOM = 64, RX = 256 << 10, INFLIGHT = 200, EVENTS = 256 };
enum { READER, PUB_HTTP, PUB_FRAME };
enum { CLOSED, CONNECTING, UPGRADING, OPENING, ANSWER, JOINING, JOINED, BUSY };

struct conn {
    int fd;
    uint8_t kind, state, fresh, fin, absent;     // fresh: at a message's first byte; absent: when the stage began
    uint32_t id, room, next, holes;      // next: one past the highest message seen of the room in this stage
    uint64_t *gaps;                      // bit set = passed over; allocated at the first gap only
    uint64_t need, born;                 // payload bytes of the current frame that are still to come
    char *left, *out, *carry;            // unparsed input, unsent output, a stamp cut by a fragment's end
    uint32_t left_len, left_cap, out_len, out_cap, carry_len;
};
struct stage {
    double rate, seconds, cpu_us, cpu_share, self_share, rss, offered, delivered;
    uint64_t base, planned, sent, t0, from;                       // from: messages due earlier are warm-up
    uint64_t expected, got, reach, late, dup, disorder, stray, stale, refused, dropped, lost, replaced;
    int passed;
    struct hist lat;
};

static char rx[HEADROOM + RX], tx[TX], text[TX];
static struct conn *readers, *pubs;
static struct stage st;
static struct hist join_times;
static char *rooms[256];
static uint64_t room_size[256], inflight, joins, failures, pongs, last_seq, last_got;
static size_t n_rooms, n_readers, n_pubs;
static uint64_t in_flight_at_most = INFLIGHT;
static int ep, saturated;
static FILE *js;                          // the JSON object, written as the run goes

// ---- connections
static void watch(struct conn *c, uint32_t events, int how) {
    struct epoll_event e = { .events = events, .data.ptr = c };
    epoll_ctl(ep, how, c->fd, &e);
}

static void drop(struct conn *c, const char *why) {
    close(c->fd);
    if (c->kind == READER) {
        c->state == JOINED ? st.dropped++ : (failures++, inflight--);
        complain("reader", c->id, why);
    } else if (c->state != JOINED) {                  // an idle keep-alive connection may end at any time
        st.refused++, complain("publisher", c->id, why);
    }
    c->fd = -1, c->state = CLOSED;
}

static void put(struct conn *c, const char *p, size_t n) {   // send now; keep what the kernel does not take
    ssize_t sent = c->out_len ? 0 : send(c->fd, p, n, MSG_NOSIGNAL);
    if (sent < 0) sent = 0;                                   // a broken socket tells so when it is read
    if ((size_t)sent == n) return;
    c->out = grown(c->out, &c->out_cap, c->out_len + n - sent);
    memcpy(c->out + c->out_len, p + sent, n - sent), c->out_len += n - sent;
    watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

static void flush(struct conn *c) {
    ssize_t sent = send(c->fd, c->out, c->out_len, MSG_NOSIGNAL);
    if (sent > 0) memmove(c->out, c->out + sent, c->out_len -= sent);
    if (!c->out_len) watch(c, EPOLLIN, EPOLL_CTL_MOD);
}

static void send_frame(struct conn *c, int opcode, const char *p, size_t n) {
    size_t head = n < 126 ? 2 : n < 65536 ? 4 : 10;
    uint64_t mask = random64();
    tx[0] = 0x80 | opcode, tx[1] = 0x80 | (n < 126 ? n : n < 65536 ? 126 : 127);
    for (size_t i = 2; i < head; i++) tx[i] = (uint64_t)n >> 8 * (head - 1 - i);
    memcpy(tx + head, &mask, 4), head += 4;
    for (size_t i = 0; i < n; i++) tx[head + i] = p[i] ^ (char)(mask >> 8 * (i & 3));
    put(c, tx, head + n);
}

static void send_text(struct conn *c, const char *template) {
    send_frame(c, 1, text, expand(text, template, rooms[c->room], c->id, 0, ""));
}

static void open_conn(struct conn *c) {
    const struct target *t = c->kind == READER ? &reader_at : &pub_at;
    int one = 1, k = O.addresses;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) usage_error("socket: %s", strerror(errno));
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (c->kind == READER && k > 0) {      // the port is chosen at connect, so that all ports of each address serve
        struct sockaddr_in from = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002 + c->id % k) };
        setsockopt(c->fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &one, sizeof one);
        if (bind(c->fd, (void *)&from, sizeof from)) usage_error("bind: %s", strerror(errno));
    }
    c->state = CONNECTING, c->born = clock_ns();
    c->left_len = c->out_len = c->carry_len = c->need = 0;
    watch(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_ADD);
    if (c->kind == READER) inflight++;
    if (connect(c->fd, (void *)&t->to, sizeof t->to) && errno != EINPROGRESS) drop(c, strerror(errno));
}

static void connected(struct conn *c) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const struct target *t = c->kind == READER ? &reader_at : &pub_at;
    int error = 0;
    char key[25] = "AAAAAAAAAAAAAAAAAAAAAA==";
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &(socklen_t){ sizeof error });
    if (error) { drop(c, strerror(error)); return; }
    watch(c, EPOLLIN, EPOLL_CTL_MOD);
    if (c->kind == PUB_HTTP) { c->state = JOINED; return; }
    for (int i = 0; i < 21; i++) key[i] = digits[random64() >> 58];
    expand(text, t->path, rooms[c->room], c->id, 0, "");
    int n = snprintf(tx, TX, "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n%s\r\n", text, t->host, key, O.reader_header);
    c->state = UPGRADING, put(c, tx, n);
}

static void joined(struct conn *c) {
    c->state = JOINED;
    if (c->kind != READER) return;
    inflight--, joins++, hist_add(&join_times, (now - c->born) / 1000);
}

static void answered(struct conn *c) {     // the server took us in: join
    const char *join = c->kind == READER ? O.join : O.publish_join;
    if (join) send_text(c, join);
    if (c->kind == READER && O.joined) c->state = JOINING;
    else joined(c);
}

// ---- what a reader receives
static void passed_over(struct conn *c, uint64_t from, uint64_t to) {
    if (!c->gaps && !(c->gaps = calloc(st.planned / n_rooms / 64 + 1, 8))) usage_error("out of memory");
    for (c->holes += to - from; from < to; from++) c->gaps[from / 64] |= 1ull << from % 64;
}

static void delivery(struct conn *c, uint64_t seq, uint64_t due) {
    uint64_t k = seq - st.base, i = k / n_rooms;
    if (c->kind != READER) return;
    last_got = now;
    if (seq < st.base || k >= st.sent) { st.stale++; return; }            // of a stage that is over
    if (k % n_rooms != c->room) { st.stray++; return; }
    if (i >= c->next) {
        if (i > c->next) passed_over(c, c->next, i);
        st.reach += i + 1 - c->next, c->next = i + 1;
    } else if (c->gaps && c->gaps[i / 64] >> i % 64 & 1) {
        c->gaps[i / 64] &= ~(1ull << i % 64), c->holes--, st.disorder++;
    } else { st.dup++; return; }
    st.got++;
    if (due < st.from) return;
    uint64_t us = now > due ? (now - due) / 1000 : 0;
    hist_add(&st.lat, us), st.late += us >= O.p99 * 1000;
}

static char *number(char *p, char *end, uint64_t *value) {
    for (char *stop = end - p > 20 ? p + 20 : end; p < stop && *p >= '0' && *p <= '9'; p++) *value = *value * 10 + *p - '0';
    return p;
}

// Finds every @@SEQ:NANOSECONDS@@ and returns where an unfinished one begins, else end.
static char *find_stamps(struct conn *c, char *p, char *end) {
    while (p < end && (p = memchr(p, '@', end - p))) {
        uint64_t seq = 0, due = 0;
        char *q = p + 1;
        if (q == end) return p;
        if (*q++ != '@') { p++; continue; }
        if ((q = number(q, end, &seq)) == end) return p;
        if (*q++ != ':') { p++; continue; }
        if ((q = number(q, end, &due)) + 1 >= end) return p;
        if (q[0] != '@' || q[1] != '@') { p++; continue; }
        delivery(c, seq, due), p = q + 2;
    }
    return end;
}

static void engine_io(struct conn *c, const char *p, size_t n) {
    if (n == 1 && *p == '2') send_frame(c, 1, "3", 1), pongs++;
    else if (n == 1 && *p == '1') drop(c, "Engine.IO close");
    else if (c->state == OPENING && *p == '0') c->state = ANSWER, send_text(c, c->kind == READER ? O.connect : O.publish_connect);
    else if (n > 1 && p[0] == '4' && p[1] == '0' && c->state == ANSWER) answered(c);
    else if (n > 1 && p[0] == '4' && p[1] == '4') drop(c, "connect refused (44)");
    else if (n > 1 && p[0] == '4' && p[1] == '1') drop(c, "disconnected (41)");
}

// A piece of a message. Returns the first byte that must be seen again together with the next piece.
static char *payload(struct conn *c, char *p, char *end, int ends) {
    size_t n = end - p, keep = O.joined ? strlen(O.joined) - 1 : 0;
    if (c->fresh) {
        if (n < 2 && !ends) return p;
        c->fresh = 0;
        if (O.connect && n) engine_io(c, p, n);
        if (c->fd < 0) return end;
    }
    if (c->state != JOINING) return find_stamps(c, p, end);
    if (memmem(p, n, O.joined, keep + 1)) joined(c);
    return n < keep ? p : end - keep;
}

static char *control(struct conn *c, int opcode, char *p, size_t n) {
    if (opcode == 9) send_frame(c, 10, p, n), pongs++;
    if (opcode == 8) drop(c, "closed by the server");
    return p + n;
}

// Eats websocket frames. A long frame is eaten piece by piece, so nothing but an unfinished header or stamp is kept.
static char *frames(struct conn *c, char *p, char *end) {
    while (c->fd >= 0) {
        if (!c->need) {
            size_t have = end - p, head = 2;
            if (have < 2) return p;
            int opcode = p[0] & 15;
            uint64_t n = p[1] & 127;
            if (p[0] & 0x70 || p[1] & 0x80) { drop(c, "bad or compressed frame"); return end; }
            if (n > 125) {
                if (have < (head = n == 126 ? 4 : 10)) return p;
                n = 0;
                for (size_t i = 2; i < head; i++) n = n << 8 | (uint8_t)p[i];
            }
            if (opcode > 7) {
                if (have < head + n) return p;
                p = control(c, opcode, p + head, n);
                continue;
            }
            c->fin = p[0] >> 7 & 1, c->fresh |= opcode != 0, p += head;
            if (c->carry_len) {                        // the cut stamp goes in front of its other half
                p -= c->carry_len, n += c->carry_len;  // over bytes that are done with (or the headroom)
                memcpy(p, c->carry, c->carry_len), c->carry_len = 0;
            }
            if (!(c->need = n)) continue;
        }
        int whole = (uint64_t)(end - p) >= c->need;
        char *stop = whole ? p + c->need : end, *rest = payload(c, p, stop, whole && c->fin);
        if (!whole) { c->need -= rest - p; return rest; }
        if (!c->fin && rest < stop) {
            c->carry_len = stop - rest < LONGEST_STAMP ? stop - rest : LONGEST_STAMP;
            if (!c->carry && !(c->carry = malloc(LONGEST_STAMP))) usage_error("out of memory");
            memcpy(c->carry, stop - c->carry_len, c->carry_len);
        }
        p = stop, c->need = 0;
    }
    return end;
}

static char *upgrade(struct conn *c, char *p, char *end) {
    char *body = memmem(p, end - p, "\r\n\r\n", 4);
    if (!body) return p;
    if (body - p < 12 || memcmp(p + 9, "101", 3)) {
        char why[80];
        snprintf(why, sizeof why, "no upgrade: %.*s", (int)strcspn(p, "\r\n"), p);
        drop(c, why);
        return end;
    }
    c->state = OPENING;
    if (!O.connect) answered(c);
    return body + 4;
}

static char *response(struct conn *c, char *p, char *end) {    // of a POST; returns p while it is not whole
    char *body = memmem(p, end - p, "\r\n\r\n", 4), *field;
    if (!body) return p;
    body[2] = 0, body += 4;
    int status = atoi(p + 9), chunked = strcasestr(p, "\r\nTransfer-Encoding: chunked") != NULL;
    size_t n = status != 204 && (field = strcasestr(p, "\r\nContent-Length:")) ? strtoul(field + 17, NULL, 10) : 0;
    int over = chunked ? end - body >= 5 && !memcmp(end - 5, "0\r\n\r\n", 5) : (size_t)(end - body) >= n;
    if (!over) { body[-2] = '\r'; return p; }
    if (status / 100 != 2) {
        char why[80];
        snprintf(why, sizeof why, "%.*s", (int)strcspn(p, "\r\n"), p);
        st.refused++, complain("publish", st.sent, why);
    }
    c->state = JOINED;
    if (strcasestr(p, "\r\nConnection: close")) drop(c, "");
    return end;
}

static void readable(struct conn *c) {
    char *p = rx + HEADROOM, *end = p + c->left_len;
    memcpy(p, c->left ? c->left : "", c->left_len);
    ssize_t n = recv(c->fd, end, RX - c->left_len, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) { drop(c, n ? strerror(errno) : "connection closed"); return; }
    end += n, clock_ns();
    if (c->kind == PUB_HTTP) p = response(c, p, end);
    else if (c->state == UPGRADING) p = upgrade(c, p, end);
    if (c->kind != PUB_HTTP && c->fd >= 0 && c->state > UPGRADING) p = frames(c, p, end);
    if (c->fd < 0) return;
    if ((c->left_len = end - p) >= RX / 2) { drop(c, "an answer of more than 128 KB"); return; }
    if (c->left_len) c->left = grown(c->left, &c->left_cap, c->left_len), memcpy(c->left, p, c->left_len);
}

// ---- publishing: open loop, on a fixed schedule; a stamp tells when its message was due, not when it went out
static uint64_t due(uint64_t k) { return st.t0 + (uint64_t)(k * 1e9 / st.rate); }

static void publish(struct conn *c) {
    uint64_t seq = st.base + st.sent, room = st.sent % n_rooms;
    char stamp[LONGEST_STAMP + 4];
    snprintf(stamp, sizeof stamp, "@@%lu:%lu@@", (unsigned long)seq, (unsigned long)due(st.sent));
    st.expected += room_size[room], st.sent++;
    if (c->kind == PUB_FRAME) {
        send_frame(c, 1, text, expand(text, O.publish_frame, rooms[room], c->id, seq, stamp));
        return;
    }
    int n = sprintf(tx, "POST ");
    n += expand(tx + n, pub_at.path, rooms[room], c->id, seq, stamp);
    size_t length = expand(text, O.body, rooms[room], c->id, seq, stamp);
    n += snprintf(tx + n, TX - n, " HTTP/1.1\r\nHost: %s\r\nContent-Length: %zu\r\n%s\r\n", pub_at.host, length, O.header);
    if (n + length >= TX) usage_error("a POST is longer than 1 MB");
    memcpy(tx + n, text, length);
    c->state = BUSY, put(c, tx, n + length);
}

static uint64_t publish_due(void) {        // returns when the next publish is due; never while all publishers are busy
    static size_t turn;
    while (st.sent < st.planned) {
        if (due(st.sent) > now) return due(st.sent);
        size_t tried = 0;
        for (; tried < n_pubs; tried++) {
            struct conn *c = &pubs[turn++ % n_pubs];
            if (c->state == CLOSED) open_conn(c);
            if (c->state == JOINED && c->out_len < TX) { publish(c); break; }
        }
        if (tried == n_pubs) break;
    }
    return UINT64_MAX;
}

static void pump(uint64_t until) {         // one round of events, lasting at most until then
    struct epoll_event events[EVENTS];
    clock_ns();
    uint64_t next = publish_due(), wake = next < until ? next : until, wait = wake > now ? wake - now : 0;
    if (wait > 50000000) wait = 50000000;
    int n = epoll_pwait2(ep, events, EVENTS, &(struct timespec){ 0, wait }, NULL);
    for (int i = 0; i < n; i++) {
        struct conn *c = events[i].data.ptr;
        if (c->fd >= 0 && c->state == CONNECTING) connected(c);
        else if (c->fd >= 0 && events[i].events & EPOLLOUT && c->out_len) flush(c);
        if (c->fd >= 0 && events[i].events & ~EPOLLOUT) readable(c);
        if (now >= next || next == UINT64_MAX) next = publish_due();     // a long round must not make publishes late
    }
    clock_ns();
}

static void pump_for(double seconds) {
    for (uint64_t until = clock_ns() + seconds * 1e9; now < until;) pump(until);
}

// ---- measuring
static void join_all(void) {               // opens every reader that has no connection
    size_t i = 0, opened = 0;
    uint64_t start = clock_ns(), progress = start, before = joins;
    while (i < n_readers || inflight) {
        while (i < n_readers && (O.join_rate ? opened / O.join_rate * 1e9 <= now - start : inflight < in_flight_at_most)) {
            if (readers[i].state == CLOSED) open_conn(&readers[i]), opened++;
            i++;
        }
        pump(now + (O.join_rate ? 1000000 : 50000000));
        if (joins != before) before = joins, progress = now;
        if (now - progress < O.join_timeout * 1e9) continue;
        for (i = 0; i < n_readers; i++)
            if (readers[i].fd >= 0 && readers[i].state != JOINED) drop(&readers[i], "not joined in time");
        break;
    }
}

static void open_publishers(void) {
    for (size_t i = 0; i < n_pubs; i++) {
        if (pubs[i].state == JOINED) continue;
        if (pubs[i].fd >= 0) close(pubs[i].fd);        // still waits for an answer of the stage before
        open_conn(&pubs[i]);
    }
    for (uint64_t until = clock_ns() + 10000000000ull; now < until; pump(until)) {
        size_t ready = 0;
        for (size_t i = 0; i < n_pubs; i++) ready += pubs[i].state == JOINED;
        if (ready == n_pubs) return;
    }
    usage_error("the publisher could not connect to %s", pub_at.host);
}

static uint64_t kept_holes(const struct conn *c) {         // those passed over that nothing may replace
    uint64_t found = 0, every = O.final_every;
    for (uint64_t i = every ? every - 1 : 0; c->gaps && every && i < c->next; i += every) found += c->gaps[i / 64] >> i % 64 & 1;
    return found;
}

static void count_lost(void) {
    for (size_t i = 0; i < n_readers; i++) {
        struct conn *c = &readers[i];
        uint64_t sent = (st.sent + n_rooms - 1 - c->room) / n_rooms;
        if (c->absent) continue;
        uint64_t kept = O.conflated ? kept_holes(c) : c->holes;
        st.lost += sent - c->next + kept, st.replaced += c->holes - kept;
        free(c->gaps), c->gaps = NULL, c->next = c->holes = 0;
    }
}

static int all_arrived(void) { return (O.conflated ? st.reach : st.got) >= st.expected; }

static void show_stage(void) {
    static int headed;
    const double q[] = { .5, .9, .99, .999 };
    double ms[4];
    for (int i = 0; i < 4; i++) ms[i] = hist_ms(&st.lat, q[i]);
    if (!headed++) printf("%9s %11s %8s %8s %8s %8s %8s %7s %6s %6s %8s %7s %8s %6s\n", "rate/s", "deliver/s", "p50 ms", "p90", "p99",
        "p99.9", "max", "lost", "dup", "disord", "srv us/d", "srv cpu", "RSS MB", "lg cpu");
    printf("%9.2f %11.0f %8.1f %8.1f %8.1f %8.1f %8.1f %7lu %6lu %6lu %8.2f %6.0f%% %8.1f %5.0f%%%s%s\n", st.rate, st.delivered,
        ms[0], ms[1], ms[2], ms[3], st.lat.max / 1e3, st.lost, st.dup, st.disorder, st.cpu_us, 100 * st.cpu_share, st.rss / 1024,
        100 * st.self_share, O.bisect ? st.passed ? "  held" : "  failed" : "",
        st.self_share > .95 ? "  WARNING: the generator is saturated" : "");
    fflush(stdout);
    saturated |= st.self_share > .95;
    fprintf(js, "%s{\"rate\":%.3f,\"seconds\":%.3f,\"published\":%lu,\"offered\":%.0f,\"delivered\":%.0f,\"deliveries\":%lu,\"p50_ms\":%.3f,"
        "\"p90_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f,\"lost\":%lu,\"replaced\":%lu,\"duplicated\":%lu,"
        "\"out_of_order\":%lu,\"wrong_room\":%lu,\"from_earlier_stage\":%lu,\"refused_publishes\":%lu,\"unsent\":%lu,\"dropped_readers\":%lu,"
        "\"cpu_us_per_delivery\":%.3f,\"server_cpu\":%.3f,\"server_rss_kb\":%.0f,\"generator_cpu\":%.3f,\"held\":%s}", headed > 1 ? "," : "",
        st.rate, st.seconds, st.sent, st.offered, st.delivered, st.got, ms[0], ms[1], ms[2], ms[3], st.lat.max / 1e3, st.lost, st.replaced,
        st.dup, st.disorder, st.stray, st.stale, st.refused, st.planned - st.sent, st.dropped, st.cpu_us, st.cpu_share, st.rss,
        st.self_share, st.passed ? "true" : "false");
}

static int stage(double rate) {
    struct usage a = usage(), b;
    uint64_t got = 0, begun = 0, per_second = 0;
    join_all();                            // an overloaded server may have thrown some out in the stage before
    memset(&st, 0, sizeof st), memset(room_size, 0, sizeof room_size);
    st.rate = rate, st.base = last_seq;
    open_publishers();
    for (size_t i = 0; i < n_readers; i++)
        if (!(readers[i].absent = readers[i].state != JOINED)) room_size[readers[i].room]++;
    for (size_t i = 0; i < n_rooms; i++) per_second += room_size[i];
    st.planned = ceil(rate * (O.warmup + O.seconds)), st.offered = rate * per_second / n_rooms;
    st.t0 = clock_ns() + 10000000, st.from = st.t0 + O.warmup * 1e9;
    uint64_t stop = st.from + O.seconds * 1e9, wait = (O.bisect ? 5 : O.drain) * 1e9;
    while (now < stop && !(O.bisect && st.late > st.offered * O.seconds * .01)) {    // surely failed: spare the time
        if (!begun && now >= st.from) begun = 1, a = usage(), got = st.got;
        pump(begun ? stop : st.from);
    }
    b = usage(), st.seconds = b.wall - a.wall;
    if (now < stop) st.planned = st.sent;
    st.delivered = (st.got - got) / st.seconds, st.self_share = (b.self - a.self) / st.seconds, st.rss = b.rss;
    st.cpu_share = (b.cpu - a.cpu) / st.seconds, st.cpu_us = st.got > got ? (b.cpu - a.cpu) * 1e6 / (st.got - got) : 0;
    for (stop = now + wait; now < stop && (st.sent < st.planned || !all_arrived()); pump(stop)) {}
    st.passed = st.sent == st.planned && all_arrived() && !st.refused && !st.dropped && st.lat.n
        && hist_ms(&st.lat, .99) < O.p99;
    uint64_t unsent = st.planned - st.sent;
    if (!all_arrived())                    // let the backlog run out, so that it does not spoil the next stage
        for (st.planned = st.sent, last_got = now, stop = now + 15e9; now < stop && now - last_got < 1e9; pump(stop)) {}
    st.planned = st.sent + unsent, last_seq = st.base + st.planned;
    count_lost(), show_stage(), st.planned = st.sent;
    pump_for(O.bisect ? .3 : .05);
    return st.passed;
}

static void bisect(void) {
    double low = 0, high = O.rate;
    static struct stage best;
    // A failure that ends the doubling counts only if it happens twice: one hiccup must not halve the result.
    while (stage(high) || stage(high)) low = high, high *= 2, best = st;
    for (int i = 0; i < O.steps; i++) {
        double middle = (low + high) / 2;
        if (middle * O.seconds < 2) break;             // too few publishes to tell anything
        if (stage(middle)) low = middle, best = st;
        else high = middle;
    }
    printf("sustained: %.0f deliveries/s (%.2f publishes/s) at p99 %.0f ms (limit %.0f), %.2f us of server CPU a delivery\n",
        best.offered, low, hist_ms(&best.lat, .99), O.p99, best.cpu_us);
    fprintf(js, "],\"sustained\":{\"deliveries_per_s\":%.0f,\"publishes_per_s\":%.3f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"cpu_us_per_delivery\":%.3f,"
        "\"server_cpu\":%.3f,\"generator_cpu\":%.3f}", best.offered, low, hist_ms(&best.lat, .5), hist_ms(&best.lat, .99), best.cpu_us,
        best.cpu_share, best.self_share);
    st = best;
}

static void measure_joins(void) {
    struct usage a = usage(), b;
    join_all();
    double wall = clock_ns() / 1e9 - a.wall;
    pump_for(.2), b = usage();             // the server may still be busy with the last ones
    double cpu = b.cpu - a.cpu, kb = n_readers ? (b.rss - a.rss) / n_readers : 0;
    printf("joined %lu of %zu in %.2f s: %.0f/s, p50 %.1f ms, p99 %.1f ms, failed %lu", joins, n_readers, wall, joins / wall,
        hist_ms(&join_times, .5), hist_ms(&join_times, .99), failures);
    if (O.pid) printf("; %.0f joins a CPU second, %.1f KB RSS a connection", cpu > 0 ? joins / cpu : 0, kb);
    puts("");
    fprintf(js, "\"joins\":{\"joined\":%lu,\"failed\":%lu,\"seconds\":%.3f,\"per_second\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
        "\"server_cpu_s\":%.3f,\"per_cpu_second\":%.0f,\"rss_before_kb\":%.0f,\"rss_after_kb\":%.0f,\"rss_kb_per_connection\":%.2f,"
        "\"generator_cpu\":%.3f}", joins, failures, wall, joins / wall, hist_ms(&join_times, .5), hist_ms(&join_times, .99),
        join_times.max / 1e3, cpu, cpu > 0 ? joins / cpu : 0, a.rss, b.rss, kb, (b.self - a.self) / wall);
}

static void measure_storm(void) {          // all connections break in one moment, and all come back in the next
    for (size_t i = 0; i < n_readers; i++)
        if (readers[i].fd >= 0) close(readers[i].fd), readers[i].fd = -1, readers[i].state = CLOSED;
    memset(&join_times, 0, sizeof join_times), joins = failures = 0;
    struct usage a = usage(), b;
    in_flight_at_most = n_readers, join_all(), in_flight_at_most = INFLIGHT;
    double wall = clock_ns() / 1e9 - a.wall;
    pump_for(.2), b = usage();
    printf("storm: %lu of %zu back in %.2f s, p50 %.1f ms, p99 %.1f ms, failed %lu, server CPU %.2f s\n", joins, n_readers, wall,
        hist_ms(&join_times, .5), hist_ms(&join_times, .99), failures, b.cpu - a.cpu);
    fprintf(js, ",\"storm\":{\"joined\":%lu,\"failed\":%lu,\"seconds\":%.3f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,"
        "\"server_cpu_s\":%.3f,\"generator_cpu\":%.3f}", joins, failures, wall, hist_ms(&join_times, .5), hist_ms(&join_times, .99),
        join_times.max / 1e3, b.cpu - a.cpu, (b.self - a.self) / wall);
}

static void measure_idle(void) {
    struct usage a = usage(), b;
    uint64_t answered = pongs;
    pump_for(O.idle), b = usage();
    printf("idle %.0f s: RSS %.1f MB (%+.1f KB a connection), server CPU %.1f %%, pings answered %lu, dropped %lu\n", O.idle, b.rss / 1024,
        (b.rss - a.rss) / n_readers, 100 * (b.cpu - a.cpu) / (b.wall - a.wall), pongs - answered, st.dropped);
    fprintf(js, ",\"idle\":{\"seconds\":%.1f,\"rss_before_kb\":%.0f,\"rss_after_kb\":%.0f,\"server_cpu\":%.4f,\"pings_answered\":%lu,"
        "\"dropped_readers\":%lu}", O.idle, a.rss, b.rss, (b.cpu - a.cpu) / (b.wall - a.wall), pongs - answered, st.dropped);
}

static void prepare(void) {
    n_readers = O.readers, n_pubs = O.publish || O.publish_frame ? O.publishers : 0;
    struct rlimit r = { n_readers + n_pubs + 64, n_readers + n_pubs + 64 }, old;
    getrlimit(RLIMIT_NOFILE, &old);
    if (old.rlim_max > r.rlim_max) r.rlim_max = old.rlim_max;
    if (old.rlim_cur < r.rlim_cur && setrlimit(RLIMIT_NOFILE, &r)) usage_error("%zu readers: raise ulimit -n", n_readers);
    if (O.token_file) read_tokens();
    for (char *name = strtok(strdup(O.rooms), ","); name && n_rooms < 256; name = strtok(NULL, ",")) rooms[n_rooms++] = name;
    if (!n_rooms || n_rooms > n_readers) usage_error("--rooms: want between 1 and --readers (at most 256) names");
    if (!O.addresses && n_readers > 20000) O.addresses = 1 + n_readers / 20000;
    memset(pad, 'x', sizeof pad);
    readers = calloc(n_readers, sizeof *readers), pubs = calloc(n_pubs + 1, sizeof *pubs);
    for (size_t i = 0; i < n_readers; i++) readers[i] = (struct conn){ .fd = -1, .id = i, .room = i % n_rooms };
    for (size_t i = 0; i < n_pubs; i++) pubs[i] = (struct conn){ .fd = -1, .id = i, .kind = O.publish ? PUB_HTTP : PUB_FRAME };
    ep = epoll_create1(EPOLL_CLOEXEC);
    signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv) {
    char *json = NULL;
    size_t length = 0;
    parse_options(argc, argv), prepare();
    setvbuf(stdout, NULL, _IOLBF, 0);      // whoever started this waits for its lines
    js = open_memstream(&json, &length);
    fprintf(js, "{\"tool\":\"lg\",\"readers\":%zu,\"rooms\":%zu,\"bytes\":%.0f,\"warmup_s\":%.1f,\"p99_limit_ms\":%.0f,\"conflated\":%s,",
        n_readers, n_rooms, O.bytes, O.warmup, O.p99, O.conflated ? "true" : "false");
    measure_joins();
    int bad = failures > 0;
    if (O.idle && joins) measure_idle(), bad |= st.dropped > 0;
    if (O.storm) measure_storm(), bad |= failures > 0;
    fputs(",\"stages\":[", js);
    if (joins && n_pubs && O.bisect) bisect(), bad |= !st.passed;
    else if (joins && n_pubs) stage(O.rate), fputs("]", js), bad |= st.lost || st.refused || st.dropped || st.sent < st.planned;
    else fputs("]", js);
    if (saturated) puts("WARNING: the generator used more than 95 % of its core in a stage: the server may be faster than shown");
    fprintf(js, ",\"join_failures\":%lu,\"generator_saturated\":%s,\"ok\":%s}\n", failures, saturated ? "true" : "false", bad ? "false" : "true");
    fclose(js);
    FILE *f = O.json ? fopen(O.json, "w") : NULL;
    if (O.json && (!f || fwrite(json, 1, length, f) != length || fclose(f))) usage_error("--json %s: %s", O.json, strerror(errno));
    free(json);
    return bad;
}

/*
 * Many RTP streams at once, as telephones would have them: G.711 packets every 20 ms out, and how evenly they come in.
 *
 *   rtpgen ADDRESS BASE STREAMS SECONDS [--warm-up SECONDS | --on-signal] [--windows N] [--to PORT] [--listen-only]
 *
 * Stream n lives on port BASE + 2 n. It sends to whoever sent it its first packet; with --to PORT it sends to port PORT + 2 n
 * of the same address at once (a second rtpgen is then the far end). What comes in the first --warm-up seconds after the first
 * packet of all is not counted; with --on-signal nothing is counted before SIGUSR1 comes. With --windows so many stretches of SECONDS
 * are counted, one after the other. Arrival times are the kernel's, so that this program being late does not look like jitter.
 *
 * Prints one line of JSON for each window, at its end:
 *   streams, heard (streams that got anything), sent, received, lost (by sequence numbers), seconds (measured),
 *   packetsPerSecond (received, mean of a stream that got anything), deviationMs {p50, p99, p999, max}: how far the time between
 *   two packets of a stream is from 20 ms, and cpu: this program's own share of one core.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PACKET_BYTES 172
#define FRAME_NS 20000000LL
#define STEP_NS 1000000LL
#define BUCKET_NS 10000LL
#define BUCKETS 100000

struct stream {
  int fd;
  int connected;
  uint16_t sequence;
  uint32_t timestamp;
  int64_t next_send;
  int64_t last_arrival;
  int counting;
  uint16_t last_sequence;
  int64_t first_extended, highest_extended, received;
};

static uint32_t histogram[BUCKETS + 1];
static int64_t max_deviation;

static volatile sig_atomic_t signalled;

static void on_signal(int number) {
  (void)number;
  signalled = 1;
}

static int64_t now_ns(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void send_packet(struct stream *s, int n) {
  uint8_t packet[PACKET_BYTES];
  memset(packet, 0xd5, sizeof packet);
  packet[0] = 0x80;
  packet[1] = 8;
  uint16_t sequence = htons(s->sequence++);
  uint32_t timestamp = htonl(s->timestamp), ssrc = htonl(0x10000 + n);
  s->timestamp += 160;
  memcpy(packet + 2, &sequence, 2);
  memcpy(packet + 4, &timestamp, 4);
  memcpy(packet + 8, &ssrc, 4);
  /* Something to be looked at by detectors: not silence. */
  for (int i = 12; i < PACKET_BYTES; i++) packet[i] ^= (uint8_t)((s->sequence * 31 + i * 7) & 0x3f);
  send(s->fd, packet, sizeof packet, MSG_DONTWAIT);
}

static void note_arrival(struct stream *s, const uint8_t *packet, int64_t at, int measuring) {
  uint16_t sequence = (uint16_t)(packet[2] << 8 | packet[3]);
  if (measuring) {
    if (!s->counting) {
      s->counting = 1;
      s->first_extended = s->highest_extended = sequence;
      s->last_sequence = sequence;
    } else {
      int16_t step = (int16_t)(sequence - s->last_sequence);
      if (step > 0) {
        s->highest_extended += step;
        s->last_sequence = sequence;
      }
      if (step == 1) {
        int64_t deviation = llabs(at - s->last_arrival - FRAME_NS);
        int64_t bucket = deviation / BUCKET_NS;
        histogram[bucket < BUCKETS ? bucket : BUCKETS]++;
        if (deviation > max_deviation) max_deviation = deviation;
      }
    }
    s->received++;
  }
  s->last_arrival = at;
}

static int read_stream(struct stream *s, int measuring, int listen_only, int64_t monotonic) {
  uint8_t packet[2048], control[128];
  struct sockaddr_in from;
  struct iovec part = {packet, sizeof packet};
  int any = 0;
  for (;;) {
    struct msghdr message = {&from, sizeof from, &part, 1, control, sizeof control, 0};
    ssize_t length = recvmsg(s->fd, &message, MSG_DONTWAIT);
    if (length < 12) return any;
    any = 1;
    if (!s->connected && !listen_only) {
      if (connect(s->fd, (struct sockaddr *)&from, sizeof from) == 0) {
        s->connected = 1;
        s->next_send = monotonic + rand() % FRAME_NS;
      }
    }
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
      if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
      struct timespec t;
      memcpy(&t, CMSG_DATA(c), sizeof t);
      note_arrival(s, packet, t.tv_sec * 1000000000LL + t.tv_nsec, measuring);
    }
  }
}

static double percentile(uint64_t total, double share) {
  uint64_t wanted = (uint64_t)(total * share), sum = 0;
  for (int n = 0; n <= BUCKETS; n++) {
    sum += histogram[n];
    if (sum > wanted) return n * BUCKET_NS / 1e6;
  }
  return 0;
}

/* What was counted in a window of so many seconds, as one line; then everything is counted from nothing. True: something was heard. */
static int print_window(struct stream *streams, int count, uint64_t sent, double seconds, double cpu) {
  uint64_t received = 0, lost = 0, intervals = 0;
  int heard = 0;
  for (int n = 0; n < count; n++) {
    struct stream *s = &streams[n];
    if (!s->received) continue;
    heard++;
    received += (uint64_t)s->received;
    int64_t missing = s->highest_extended - s->first_extended + 1 - s->received;
    if (missing > 0) lost += (uint64_t)missing;
    s->received = 0;
    s->counting = 0;
  }
  for (int n = 0; n <= BUCKETS; n++) intervals += histogram[n];
  printf("{\"streams\":%d,\"heard\":%d,\"sent\":%llu,\"received\":%llu,\"lost\":%llu,\"seconds\":%.1f,\"packetsPerSecond\":%.2f,"
         "\"deviationMs\":{\"p50\":%.2f,\"p99\":%.2f,\"p999\":%.2f,\"max\":%.2f},\"cpu\":%.3f}\n",
         count, heard, (unsigned long long)sent, (unsigned long long)received, (unsigned long long)lost, seconds,
         heard ? received / seconds / heard : 0, percentile(intervals, 0.5), percentile(intervals, 0.99), percentile(intervals, 0.999),
         max_deviation / 1e6, cpu / seconds);
  fflush(stdout);
  memset(histogram, 0, sizeof histogram);
  max_deviation = 0;
  return heard > 0;
}

int main(int argc, char **argv) {
  if (argc < 5) {
    fprintf(stderr, "rtpgen ADDRESS BASE STREAMS SECONDS [--warm-up SECONDS | --on-signal] [--windows N] [--to PORT] [--listen-only]\n");
    return 2;
  }
  const char *address = argv[1];
  int base = atoi(argv[2]), count = atoi(argv[3]), to = 0, listen_only = 0, wait_for_signal = 0, windows = 1;
  double seconds = atof(argv[4]), warm_up = 2;
  for (int n = 5; n < argc; n++) {
    if (!strcmp(argv[n], "--warm-up") && n + 1 < argc) warm_up = atof(argv[++n]);
    else if (!strcmp(argv[n], "--windows") && n + 1 < argc) windows = atoi(argv[++n]);
    else if (!strcmp(argv[n], "--to") && n + 1 < argc) to = atoi(argv[++n]);
    else if (!strcmp(argv[n], "--listen-only")) listen_only = 1;
    else if (!strcmp(argv[n], "--on-signal")) wait_for_signal = 1;
    else return 2;
  }

  struct stream *streams = calloc((size_t)count, sizeof *streams);
  int epoll = epoll_create1(0);
  for (int n = 0; n < count; n++) {
    struct stream *s = &streams[n];
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)(base + 2 * n))};
    inet_pton(AF_INET, address, &name.sin_addr);
    s->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    int on = 1;
    setsockopt(s->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    if (s->fd < 0 || bind(s->fd, (struct sockaddr *)&name, sizeof name) < 0) fail("bind");
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)n};
    epoll_ctl(epoll, EPOLL_CTL_ADD, s->fd, &event);
    if (to) {
      name.sin_port = htons((uint16_t)(to + 2 * n));
      if (connect(s->fd, (struct sockaddr *)&name, sizeof name) < 0) fail("connect");
      s->connected = 1;
      s->next_send = now_ns(CLOCK_MONOTONIC) + FRAME_NS * n / count;
    }
  }
  signal(SIGUSR1, on_signal);
  fprintf(stderr, "ready\n");

  int64_t began = 0, measure_from = 0, end = now_ns(CLOCK_MONOTONIC) + 300000000000LL, step = now_ns(CLOCK_MONOTONIC);
  double cpu_before = 0;
  uint64_t sent = 0;
  int any_heard = 0;
  struct epoll_event events[512];
  for (;;) {
    int64_t now = now_ns(CLOCK_MONOTONIC);
    if (now >= end) {
      /* A machine that is busy makes this program late: count by the time that really passed. */
      double passed = measure_from ? (now - measure_from) / 1e9 : seconds;
      any_heard |= print_window(streams, count, sent, passed, cpu_seconds() - cpu_before);
      if (--windows <= 0 || !measure_from) break;
      measure_from = now;
      end = now + (int64_t)(seconds * 1e9);
      cpu_before = 0;
      sent = 0;
    }
    if (wait_for_signal && signalled && !measure_from) {
      measure_from = now;
      end = now + (int64_t)(seconds * 1e9);
    }
    int measuring = measure_from && now >= measure_from;
    if (measuring && cpu_before == 0) cpu_before = cpu_seconds();
    for (int n = 0; n < count; n++) {
      struct stream *s = &streams[n];
      if (!s->connected || listen_only) continue;
      while (s->next_send <= now) {
        send_packet(s, n);
        if (measuring) sent++;
        s->next_send += FRAME_NS;
      }
    }
    int ready;
    do {
      ready = epoll_wait(epoll, events, 512, 0);
      for (int n = 0; n < ready; n++) {
        if (read_stream(&streams[events[n].data.u32], measuring, listen_only, now) && !began) {
          began = now;
          if (wait_for_signal) continue;
          measure_from = now + (int64_t)(warm_up * 1e9);
          end = measure_from + (int64_t)(seconds * 1e9);
        }
      }
    } while (ready == 512);
    step += STEP_NS;
    if (step < now) step = now;
    struct timespec until = {step / 1000000000LL, step % 1000000000LL};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  }
  return any_heard ? 0 : 1;
}

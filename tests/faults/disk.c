/* Between a program and its folder: writes down every call that changes the disk, and lets the n-th one fail.
 * Built and preloaded by tests/faults/disk.py; Linux. What is mapped into memory (-shm) is no part of the disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NEVER, EIO_ONCE, EIO_EVER, ENOSPC_EVER, CRASH };
enum { FILES = 4096, CRASHED = 86 };

static char root[4096];
static int log_fd = -1, calls, fault_at, fault_mode;
static char watched[FILES]; /* handles of files and folders below the root */

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int ours(const char *path) {
    size_t length = strlen(root), all = path ? strlen(path) : 0;
    if (log_fd < 0 || !all || strncmp(path, root, length) || (path[length] && path[length] != '/')) return 0;
    return !(all > 4 && !strcmp(path + all - 4, "-shm"));
}

static void note(char kind, int64_t a, int64_t b, const char *path, const char *other, const void *data, size_t size) {
    if (log_fd < 0) return;
    struct __attribute__((packed)) { char kind; int64_t a, b; uint32_t path, other, data; } head = {
        kind, a, b, path ? strlen(path) : 0, other ? strlen(other) : 0, size};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)path, head.path}, {(void *)other, head.other}, {(void *)data, size}};
    int saved = errno;
    if (writev(log_fd, parts, 4) < 0) _exit(87);
    errno = saved;
}

/* Whether this call fails; `grows` is false for what needs no room. */
static int fails(int grows) {
    calls++;
    if (!fault_mode || calls < fault_at || (calls > fault_at && fault_mode == EIO_ONCE)) return 0;
    if (fault_mode == CRASH) return CRASH;
    if (fault_mode == ENOSPC_EVER && !grows) return 0;
    errno = fault_mode == ENOSPC_EVER ? ENOSPC : EIO;
    return fault_mode;
}

static int64_t inode(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : (int64_t)found.st_ino;
}

void disk_begin(const char *folder, const char *log) {
    snprintf(root, sizeof root, "%s", folder);
    log_fd = REAL(open)(log, O_CREAT | O_APPEND | O_WRONLY, 0600);
    calls = fault_mode = 0;
}
void disk_fault(int at, int mode) { calls = 0; fault_at = at; fault_mode = mode; }
int disk_calls(void) { return calls; }
void disk_say(const char *data) { note('A', 0, 0, 0, 0, data, strlen(data)); }

static int opened(const char *path, int flags, int mode, int folder) {
    int mine = ours(path), made = 0;
    if (mine && (flags & O_CREAT)) {
        made = access(path, F_OK) != 0;
        int fault = made ? fails(1) : 0;
        if (fault == CRASH) _exit(CRASHED);
        if (fault) return -1;
    }
    int fd = REAL(openat)(folder, path, flags, mode);
    if (fd < 0 || fd >= FILES) return fd;
    watched[fd] = mine;
    if (mine && made) note('C', inode(fd), 0, path, 0, 0, 0);
    if (mine && !made && (flags & O_TRUNC)) note('T', inode(fd), 0, 0, 0, 0, 0);
    return fd;
}

#define MODE(flags) ({ int m = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); m = va_arg(more, int); va_end(more); } m; })
int open(const char *path, int flags, ...) { return opened(path, flags, MODE(flags), AT_FDCWD); }
int open64(const char *path, int flags, ...) { return opened(path, flags | O_LARGEFILE, MODE(flags), AT_FDCWD); }
int openat(int folder, const char *path, int flags, ...) { return opened(path, flags, MODE(flags), folder); }
int openat64(int folder, const char *path, int flags, ...) { return opened(path, flags, MODE(flags), folder); }

int close(int fd) {
    if (fd >= 0 && fd < FILES) watched[fd] = 0;
    return REAL(close)(fd);
}

static ssize_t written(int fd, const void *data, size_t size, int64_t at) {
    int mine = fd >= 0 && fd < FILES && watched[fd];
    int64_t where = at < 0 && mine ? lseek(fd, 0, SEEK_CUR) : at;
    if (mine) {
        int fault = fails(1);
        if (fault == CRASH) {
            if (pwrite(fd, data, size / 2, where) < 0) _exit(87);
            _exit(CRASHED);
        }
        if (fault) return -1;
    }
    ssize_t done = at < 0 ? REAL(write)(fd, data, size) : REAL(pwrite64)(fd, data, size, at);
    if (mine && done > 0) note('W', inode(fd), where, 0, 0, data, done);
    return done;
}
ssize_t write(int fd, const void *data, size_t size) { return written(fd, data, size, -1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    return fault_mode == CRASH && calls >= fault_at ? REAL(pwrite64)(fd, data, size, at) : written(fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

static int cut(int fd, int64_t size) {
    if (fd < 0 || fd >= FILES || !watched[fd]) return REAL(ftruncate64)(fd, size);
    struct stat before;
    int fault = fails(!fstat(fd, &before) && size > before.st_size);
    if (fault == CRASH) _exit(CRASHED);
    if (fault) return -1;
    int done = REAL(ftruncate64)(fd, size);
    if (!done) note('T', inode(fd), size, 0, 0, 0, 0);
    return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int synced(int fd, int data) {
    int mine = fd >= 0 && fd < FILES && watched[fd];
    if (mine) {
        int fault = fails(0);
        if (fault == CRASH) _exit(CRASHED);
        if (fault) return -1;
    }
    int done = data ? REAL(fdatasync)(fd) : REAL(fsync)(fd);
    struct stat found;
    if (mine && !done && !fstat(fd, &found)) note(S_ISDIR(found.st_mode) ? 'D' : 'S', inode(fd), 0, 0, 0, 0, 0);
    return done;
}
int fsync(int fd) { return synced(fd, 0); }
int fdatasync(int fd) { return synced(fd, 1); }

/* A call on names: it fails, or it is done and written down. */
#define NAMES(kind, path, other, grows, call) do { \
        if (!ours(path)) return call; \
        int fault = fails(grows); \
        if (fault == CRASH) _exit(CRASHED); \
        if (fault) return -1; \
        int done = call; \
        if (!done) note(kind, 0, 0, path, other, 0, 0); \
        return done; \
    } while (0)

int rename(const char *path, const char *other) { NAMES('R', path, other, 0, REAL(rename)(path, other)); }
int renameat(int a, const char *path, int b, const char *other) { NAMES('R', path, other, 0, REAL(renameat)(a, path, b, other)); }
int unlink(const char *path) { NAMES('U', path, 0, 0, REAL(unlink)(path)); }
int unlinkat(int folder, const char *path, int flags) { NAMES('U', path, 0, 0, REAL(unlinkat)(folder, path, flags)); }
int mkdir(const char *path, mode_t mode) { NAMES('M', path, 0, 1, REAL(mkdir)(path, mode)); }
int rmdir(const char *path) { NAMES('X', path, 0, 0, REAL(rmdir)(path)); }

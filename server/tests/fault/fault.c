/* Makes the file system misbehave under the database on demand; tests preload it (LD_PRELOAD) into the program.

   It looks at the files whose name contains "rollcall.db" (the shared-memory index excepted), as long as a file of this name
   exists in the folder FAULT_DIR:
     full       writing fails with ENOSPC
     broken     writing fails with EIO
     read_only  writing fails with EROFS
     slow       fsync and fdatasync take FAULT_SLOW_MS milliseconds longer */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name)                                                                                                             \
    static __typeof__(name) *next;                                                                                             \
    if (!next)                                                                                                                 \
    next = dlsym(RTLD_NEXT, #name)

static int is_on(const char *fault) {
    const char *folder = getenv("FAULT_DIR");
    char path[4096];
    if (!folder)
        return 0;
    snprintf(path, sizeof path, "%s/%s", folder, fault);
    return access(path, F_OK) == 0;
}

static int is_database(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return strstr(path, "rollcall.db") && !strstr(path, "-shm");
}

/* The error for a write, 0 for none. The files of the faults are looked at last: that costs more. */
static int write_error(int fd) {
    if (!is_database(fd))
        return 0;
    return is_on("full") ? ENOSPC : is_on("broken") ? EIO : is_on("read_only") ? EROFS : 0;
}

static int fails(int fd) {
    int error = write_error(fd);
    if (error)
        errno = error;
    return error != 0;
}

static void be_slow(int fd) {
    const char *text = getenv("FAULT_SLOW_MS");
    long ms = text ? atol(text) : 300;
    struct timespec pause = {ms / 1000, (ms % 1000) * 1000000L};
    if (is_database(fd) && is_on("slow"))
        nanosleep(&pause, NULL);
}

ssize_t write(int fd, const void *from, size_t count) {
    NEXT(write);
    return fails(fd) ? -1 : next(fd, from, count);
}

ssize_t pwrite(int fd, const void *from, size_t count, off_t at) {
    NEXT(pwrite);
    return fails(fd) ? -1 : next(fd, from, count, at);
}

ssize_t pwrite64(int fd, const void *from, size_t count, off64_t at) {
    NEXT(pwrite64);
    return fails(fd) ? -1 : next(fd, from, count, at);
}

int ftruncate(int fd, off_t length) {
    NEXT(ftruncate);
    return fails(fd) ? -1 : next(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    NEXT(ftruncate64);
    return fails(fd) ? -1 : next(fd, length);
}

int fallocate(int fd, int mode, off_t at, off_t length) {
    NEXT(fallocate);
    return fails(fd) ? -1 : next(fd, mode, at, length);
}

int posix_fallocate(int fd, off_t at, off_t length) {
    NEXT(posix_fallocate);
    int error = write_error(fd);
    return error ? error : next(fd, at, length);
}

int fsync(int fd) {
    NEXT(fsync);
    be_slow(fd);
    return next(fd);
}

int fdatasync(int fd) {
    NEXT(fdatasync);
    be_slow(fd);
    return next(fd);
}

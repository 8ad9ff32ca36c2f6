/**
 * Environment with which glibc gives freed memory back. A page passes through buffers of megabytes, in many threads; left alone,
 * each thread keeps what it was ever given, and what is freed below something that lives stays resident: 40 to 60 MB of a server
 * and of the sandbox (measured 2026-11, glibc 2.36). Read before a process begins, so that it is set by whoever starts one.
 */
export const leanMalloc: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '65536',
  MALLOC_TRIM_THRESHOLD_: '65536',
};

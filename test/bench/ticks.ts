/** The unit of CPU times in /proc: 100 a second on every Linux that Node runs on (proc(5), sysconf _SC_CLK_TCK). */
export const ticksPerSecond = 100;

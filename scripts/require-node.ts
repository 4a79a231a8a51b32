// Imported first by long-lived scripts. The product needs Temporal and type stripping, which the Node in
// node_modules/.bin has; an older one on the PATH would fail later with a message that nobody understands.
if (typeof Temporal === "undefined") {
  process.stderr.write(
    `CloudOptima runs on its own Node 26, and this is ${process.version}. Start it through npm ` +
      "(npm start, npm test), or install again with: npm ci --include=optional\n",
  );
  process.exit(1);
}

export {};

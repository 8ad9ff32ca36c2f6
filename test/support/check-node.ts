/** Stops with a clear message when the tests are started by another Node than the one the project pins. */
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Foliokeep runs on Node 24; this is ${process.versions.node}. Start through npm ("npm test", "npm run …"): it uses the Node in node_modules.\n`,
  );
  process.exit(1);
}

/** Ends this process when the one that started it has gone, however that happened: its end of our input closes. */
process.stdin.on('end', () => process.exit(1)).resume();

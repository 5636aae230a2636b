// npm `peer` on the port given, with the bounds of its own raised as ours are: the baseline of the signalling figures.
import { PeerServer } from 'peer';

const CONCURRENT_MAX = 100_000;
/** Longer than any run: the loader sends no heartbeats. */
const ALIVE_MS = 600_000;

PeerServer({ port: Number(process.argv[2]), host: '127.0.0.1', concurrent_limit: CONCURRENT_MAX, alive_timeout: ALIVE_MS });

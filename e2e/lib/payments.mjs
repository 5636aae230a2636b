// The payment service, as a program of ours plays it: no money moves, and nobody real is asked.
import { accountServer } from './account-people.mjs';
import { startProgram } from './program.mjs';
import { freePort } from './server.mjs';

/** A server that sells by such a service, which tells it everything twice. */
export async function shop(stage) {
  const port = await freePort();
  const webhook = `http://127.0.0.1:${port}/api/v1/payments/webhook`;
  const { address, file } = await startProgram(stage, 'payments', ['--webhook', webhook]);
  const server = await accountServer(stage, { CONFIG: file }, port);
  return { server, service: address };
}

// A web server of a journey, on a free port of this machine, which goes with the journey.
import { once } from 'node:events';

/** Returns its origin. */
export async function listening(stage, server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stage.later(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

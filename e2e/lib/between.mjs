// Somebody between the pages and the server: passes everything on, and may change what is said on the way.
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

/**
 * Starts a proxy before `server`. `said(message, link)` gets each socket message and returns what is passed on, or
 * null; `link` tells the direction and can say more to either side. `answered(path, headers, body)` may return
 * another body.
 */
export async function between(stage, server, { said = (message) => message, answered = (_, __, body) => body }) {
  const proxy = createServer((request, response) => void passOn(server, request, response, answered));
  const sockets = new WebSocketServer({ noServer: true });
  proxy.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (page) => join(server, request, page, said));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  stage.later(() => {
    for (const page of sockets.clients) page.terminate();
    proxy.closeAllConnections();
    proxy.close();
  });
  return { origin: `http://127.0.0.1:${proxy.address().port}` };
}

async function passOn(server, request, response, answered) {
  const { method, url } = request;
  // Whole and plain bodies, so that they can be changed.
  const { 'if-none-match': _, 'if-modified-since': __, ...headers } = { ...request.headers, 'accept-encoding': 'identity' };
  const onward = ask({ host: '127.0.0.1', port: server.port, method, path: url, headers });
  onward.on('error', () => response.destroy());
  onward.on('response', async (answer) => {
    const parts = [];
    for await (const part of answer) parts.push(part);
    const body = answered(url, answer.headers, Buffer.concat(parts));
    const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers;
    response.writeHead(answer.statusCode, { ...kept, 'content-length': body.length }).end(method === 'HEAD' ? undefined : body);
  });
  request.pipe(onward);
}

function join(server, request, page, said) {
  const { origin, host } = request.headers;
  const onward = new WebSocket(`ws://127.0.0.1:${server.port}${request.url}`, { headers: { host }, origin });
  const waiting = [];
  const link = {
    toPage: (message) => page.send(JSON.stringify(message)),
    toServer: (message) => {
      const text = JSON.stringify(message);
      if (onward.readyState === WebSocket.OPEN) onward.send(text);
      else waiting.push(text);
    },
  };
  onward.on('open', () => waiting.splice(0).forEach((text) => onward.send(text)));
  page.on('message', (data) => {
    const passed = said(JSON.parse(data), { ...link, from: 'page' });
    if (passed !== null) link.toServer(passed);
  });
  onward.on('message', (data) => {
    const passed = said(JSON.parse(data), { ...link, from: 'server' });
    if (passed !== null) link.toPage(passed);
  });
  page.on('close', () => onward.terminate());
  onward.on('close', () => page.terminate());
  onward.on('error', () => page.terminate());
}

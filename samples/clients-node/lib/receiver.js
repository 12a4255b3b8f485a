import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** A client's own endpoint on a loopback address: what is posted to it, one after the other. */
export async function receiver(port = 0) {
  const received = [];
  const waiting = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    response.writeHead(200, { 'content-type': 'text/plain' }).end('thanks');
    const url = `http://${request.headers.host}${request.url}`;
    const post = new Request(url, { method: request.method, headers: request.headers, body });
    const next = waiting.shift();
    if (next) next(post);
    else received.push(post);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: (path) => `http://127.0.0.1:${server.address().port}${path}`,
    next: () => new Promise((resolve) => (received.length ? resolve(received.shift()) : waiting.push(resolve))),
    pending: () => received.length,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

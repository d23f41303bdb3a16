import { createServer, type Server } from 'node:http';
import type { Metrics } from './metrics.js';

/** `/metrics` on an address of its own, such as loopback. */
export async function serveMetrics(metrics: Metrics, bind: string): Promise<Server> {
  const { hostname, port } = new URL(`http://${bind}`);
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(port), hostname.replace(/^\[|\]$/g, ''), resolve);
  });
  return server;
}

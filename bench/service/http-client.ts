import { Agent, request } from 'node:http';
import type { Served } from './served.js';

export type Call = <T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => Promise<T>;

/** A client with a connection of its own that stays open, as a browser's does. */
export function httpClient({ port, token }: Pick<Served, 'port' | 'token'>): Call {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (method, path, body) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { authorization: `Bearer ${token}`, ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}) };
    return new Promise((resolve, reject) => {
      const sent = request({ host: 'localhost', port, method, path, agent, headers }, (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (answer += chunk));
        response.on('end', () => {
          if ((response.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path} is ${response.statusCode}: ${answer}`));
          else resolve(JSON.parse(answer) as never);
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  };
}

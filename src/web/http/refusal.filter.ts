import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventLog, faultOf } from '../../platform/event-log.js';
import { refusalOf } from './refusal-of.js';

/** The last stop of every error. The status is always set, and what went wrong inside is said to our own log alone. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  constructor(private readonly events: EventLog) {}

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = refusalOf(exception);
    if (refusal.status >= 500) {
      const route = request.routeOptions?.url ?? 'unknown';
      this.events.warn({ event: 'request.failed', method: request.method, route, fault: faultOf(exception) });
    }
    const { code, message, details, status } = refusal;
    await reply.status(status).send({ code, message, ...details });
  }
}

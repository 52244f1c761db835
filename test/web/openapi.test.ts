import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { Response } from 'supertest';
import { STATUS } from '../../src/platform/refusal.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { resolved, strays, type Schema } from './declared-shape.js';

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
  readonly requestBody?: Content;
  readonly parameters?: readonly { readonly name: string }[];
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let service: TestService;
let preparer: ApiClient;
let document: Document;
beforeAll(async () => {
  service = await startTestService({ now: '2027-02-01' });
  preparer = service.api('preparer');
  document = (await service.api().get('/openapi.json')).body as Document;
});
afterAll(() => service.stop());

/** 'get /api/intakes/{id}' of every route that is no page. */
function routesOfPrograms(): readonly string[] {
  const controllers = [...service.app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  const routes = controllers.flatMap(({ metatype }) => {
    const { prototype } = metatype as { prototype: Record<string, object> };
    const of = (target: object, key: string): unknown => Reflect.getMetadata(key, target);
    const handlers = Object.getOwnPropertyNames(prototype).filter((name) => of(prototype[name]!, METHOD_METADATA) !== undefined);
    return handlers.map((name) => {
      const path = [of(metatype as object, PATH_METADATA), of(prototype[name]!, PATH_METADATA)].flatMap((part) => String(part).split('/')).filter(Boolean);
      const method = RequestMethod[of(prototype[name]!, METHOD_METADATA) as number]!.toLowerCase();
      return `${method} /${path.map((part) => part.replace(/^:(.*)$/, '{$1}').replace(/^\*$/, '{path}')).join('/')}`;
    });
  });
  return routes.filter((route) => / \/(api\/|healthz$|readyz$)/.test(route));
}

function operations(): readonly (readonly [string, Operation])[] {
  return Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => [`${method} ${path}`, operation] as const),
  );
}

/** What of a real answer is not as the document says. */
function straysOf(route: string, { status, body }: Response): readonly string[] {
  const [method = '', path = ''] = route.split(' ');
  const described = document.paths[path]?.[method]?.responses[status];
  if (!described) return [`${route} does not say that it answers ${status}`];
  const schema = described.content?.['application/json']?.schema;
  return schema ? strays(body, schema, document.components.schemas) : status === 204 ? [] : [`${route} has no schema for ${status}`];
}

describe('the published contract', () => {
  it('has every route of the API and no other', () => {
    expect(operations().map(([name]) => name).sort()).toEqual([...routesOfPrograms()].sort());
  });

  it('says of every operation what it answers and how it refuses, in codes of the closed list', () => {
    const codes = new Set(Object.keys(STATUS));
    for (const [name, { responses }] of operations()) {
      const [success, ...more] = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([name, more.length]).toEqual([name, 0]);
      const schemas = Object.values(success![1].content ?? {}).map(({ schema }) => schema);
      expect([name, success![0] === '204' || schemas.length > 0]).toEqual([name, true]);
      const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
      expect(refusals.length).toBeGreaterThanOrEqual(2);
      for (const [status, { content }] of refusals) {
        const { properties } = resolved(content!['application/json']!.schema, document.components.schemas);
        const said = properties!['code']!.enum as (keyof typeof STATUS)[];
        expect([name, status, said.every((code) => codes.has(code) && STATUS[code] === Number(status))]).toEqual([name, status, true]);
        expect(Object.keys(properties!)).toEqual(expect.arrayContaining(['message', 'fields']));
      }
    }
  });

  it('says how answers are typed, cleared and searched', () => {
    const { schemas } = document.components;
    const phone = schemas['Contact']!.properties!['phone']!;
    expect([phone.maxLength, phone.nullable, phone.description]).toEqual([undefined, true, expect.stringContaining('any usual form')]);
    expect(schemas['Answers']!.properties!['spouse']).toMatchObject({ nullable: true });
    const search = document.paths['/api/intakes/search']!['post']!.requestBody!.content!['application/json']!.schema;
    const ways = search.oneOf!.map((way) => Object.keys(resolved(way, schemas).properties!));
    expect(ways).toEqual([['taxpayerId'], ['phone'], ['lastName', 'dateOfBirth']]);
    const read = document.paths['/api/intakes/{id}']!;
    expect(read['get']!.parameters!.map(({ name }) => name)).toEqual(expect.arrayContaining(['id', 'fields', 'purpose']));
    expect(Object.keys(read['patch']!.requestBody!.content!)).toEqual(['application/json', 'application/merge-patch+json']);
  });

  it('is what the routes of intakes answer, and refuse with', async () => {
    const answers = {
      taxpayer: { firstName: 'Ana', lastName: 'Ruiz', dateOfBirth: '1980-02-29', taxpayerId: '400-00-1234', legallyBlind: false },
      household: [{ firstName: 'Bo', monthsLivedInHome: 12 }],
      contact: { phone: '(202) 555-0177' },
    };
    const created = await preparer.post('/api/intakes', { taxYear: 2026, answers });
    const one = `/api/intakes/${created.body.id}`;
    const seen: readonly (readonly [string, number, Response])[] = [
      ['post /api/intakes', 201, created],
      ['get /api/intakes/{id}', 200, await preparer.get(`${one}?fields=taxpayer,household,contact,taxpayer.taxpayerId`)],
      ['get /api/intakes', 200, await preparer.get('/api/intakes')],
      ['patch /api/intakes/{id}', 200, await preparer.patch(one, { version: 1, answers: { spouse: null, taxpayer: { jobTitle: 'Baker' } } })],
      ['post /api/intakes/{id}/stage', 200, await preparer.post(`${one}/stage`, { stage: 'prepared' })],
      ['post /api/intakes/search', 200, await preparer.post('/api/intakes/search', { phone: '202-555-0177' })],
      ['post /api/intakes', 422, await preparer.post('/api/intakes', { taxYear: 2026, answers: { contact: { phone: '1' } } })],
      ['get /api/intakes/{id}', 422, await preparer.get(`${one}?fields=shoeSize`)],
      ['patch /api/intakes/{id}', 409, await preparer.patch(one, { version: 1, answers: {} })],
      ['post /api/intakes/{id}/stage', 409, await preparer.post(`${one}/stage`, { stage: 'accepted' })],
      ['get /api/intakes/{id}', 404, await preparer.get('/api/intakes/00000000-0000-4000-8000-000000000001')],
      ['get /api/intakes/{id}', 401, await service.api().get(one)],
      ['get /api/intakes/{id}', 403, await service.api('administrator').get(one)],
    ];
    for (const [route, status, response] of seen) expect([route, response.status, straysOf(route, response)]).toEqual([route, status, []]);
  });

  it('is what the other routes answer', async () => {
    const administrator = service.api('administrator');
    const { email, password } = service.members[0]!;
    const run = await administrator.post('/api/retention/runs');
    const runAt = `/api/retention/runs/${run.body.id}`;
    let state = await administrator.get(runAt);
    for (; state.body.state === 'running'; state = await administrator.get(runAt)) await new Promise((resolve) => setTimeout(resolve, 100));
    const seen: readonly (readonly [string, Response])[] = [
      ['post /api/sign-in', await service.api().post('/api/sign-in', { email, password })],
      ['post /api/invitations', await administrator.post('/api/invitations', { name: 'Fern', email: 'fern@example.org', role: 'preparer' })],
      ['get /api/members', await administrator.get('/api/members')],
      ['get /api/site', await administrator.get('/api/site')],
      ['patch /api/site', await administrator.patch('/api/site', { seasonEnd: '2027-05-31' })],
      ['get /api/audit/events', await service.api('auditor').get('/api/audit/events')],
      ['get /api/audit/findings', await service.api('auditor').get('/api/audit/findings')],
      ['get /api/retention/policy', await administrator.get('/api/retention/policy')],
      ['post /api/retention/runs', run],
      ['get /api/retention/runs/{id}', state],
      ['get /api/retention/runs', await administrator.get('/api/retention/runs')],
      ['get /api/retention/certificates/{id}', await administrator.get(`/api/retention/certificates/${String(run.body.id).toUpperCase()}`)],
      ['get /healthz', await service.api().get('/healthz')],
      ['get /readyz', await service.api().get('/readyz')],
    ];
    for (const [route, response] of seen) expect([route, response.ok, straysOf(route, response)]).toEqual([route, true, []]);
    expect((await administrator.get(runAt.toUpperCase().replace('/API/RETENTION/RUNS', '/api/retention/runs'))).body.id).toBe(run.body.id);
  });
});

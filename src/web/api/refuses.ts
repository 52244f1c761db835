import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { STATUS, type RefusalCode } from '../../platform/refusal.js';
import { RefusalBody } from './refusal.responses.js';

const ANY: readonly RefusalCode[] = ['BAD_REQUEST', 'INTERNAL', 'NOT_READY'];

/** What a route answers besides that is for members only. */
export const OF_MEMBERS: readonly RefusalCode[] = ['SIGNED_OUT', 'FORBIDDEN', 'CROSS_SITE_REQUEST', 'LOG_STALLED', 'RESTORED'];

/** What a route answers besides that takes a body. */
export const OF_BODIES: readonly RefusalCode[] = ['TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'INVALID_INPUT'];

/** What a route answers besides that opens the site's vault. */
export const OF_THE_VAULT: readonly RefusalCode[] = ['NOT_ADMITTED', 'KEY_NOT_AUTHENTIC'];

/** Describes how a route refuses: one response a status, each with its codes. What any route can answer is among them. */
export function Refuses(...codes: readonly RefusalCode[]): MethodDecorator {
  const all = [...new Set([...ANY, ...codes])];
  const responses = [...new Set(all.map((code) => STATUS[code]))].map((status) => {
    const those = all.filter((code) => STATUS[code] === status);
    return ApiResponse({ status, description: those.join(', '), schema: bodyWith(those) });
  });
  return applyDecorators(ApiExtraModels(RefusalBody), ...responses);
}

function bodyWith(codes: readonly RefusalCode[]) {
  return { allOf: [{ $ref: getSchemaPath(RefusalBody) }, { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } }] };
}

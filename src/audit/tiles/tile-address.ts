import { TILE_WIDTH } from '../export/tile-path.js';
import type { Tile } from './tile.js';

const HIGHEST_LEVEL = 63;

/**
 * Reads the part of an address after `tile/<L>/` or `tile/entries/`: `<N>` in groups of three digits, all but the last with
 * an `x`, and `.p/<W>` where the tile is not full (C2SP tlog-tiles, "Merkle Tree").
 * @returns undefined when it is none, or is not written as the specification writes it
 */
export function parseTileNumber(text: string): Pick<Tile, 'number' | 'width'> | undefined {
  const [, groups, last, width] = /^((?:x\d{3}\/)*)(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  if (groups === undefined || last === undefined || groups.startsWith('x000')) return undefined;
  const number = Number(groups.replace(/[x/]/g, '') + last);
  const hashes = width === undefined ? TILE_WIDTH : Number(width);
  const isPartial = width !== undefined;
  if (!Number.isSafeInteger(number) || (isPartial && hashes >= TILE_WIDTH)) return undefined;
  return { number, width: hashes };
}

/** @returns undefined when it is no level: a decimal from 0 to 63 without zeros before it */
export function parseLevel(text: string): number | undefined {
  const level = /^(?:0|[1-9]\d?)$/.test(text) ? Number(text) : Infinity;
  return level <= HIGHEST_LEVEL ? level : undefined;
}

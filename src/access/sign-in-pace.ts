import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { keyedHash } from '../crypto/keyed-hash.js';
import { Refusal } from '../platform/refusal.js';
import { addressGroup } from './address-group.js';
import { Pepper } from './pepper.js';
import { Turns } from './turns.js';

export interface PaceLimits {
  /** Failures of one address at one account in a quarter of an hour, before it is turned away for the rest of it. */
  readonly perPair: number;
  /** Failures of one address in a quarter of an hour, at all accounts, before its attempts wait. A whole site may share one. */
  readonly perAddress: number;
  /** Failures at one account in an hour, from anywhere, before attempts there wait. */
  readonly perAccount: number;
  /** Failures in an hour altogether, before attempts wait. */
  readonly inWhole: number;
  /** Between one attempt of those that wait and the next. */
  readonly waitMs: number;
  /** At one account, or of one address. Whoever comes then is turned away, and may try again. */
  readonly mostWaiting: number;
}

const LIMITS: PaceLimits = { perPair: 10, perAddress: 60, perAccount: 30, inWhole: 600, waitMs: 2_000, mostWaiting: 15 };
const WHOLE = 'whole';
const [QUARTER, HOUR, WEEK] = [15 * 60, 60 * 60, 7 * 24 * 60 * 60];

/**
 * Slows guessing down. Only an address that has failed too often at an account is turned away there. Failures of others make
 * its owner wait their turn behind them, and where too many wait already try again; from an address where the account was
 * signed in to in the last week they make nobody wait, or anybody could lock an owner out.
 *
 * Counts are kept in memory, under a keyed hash: no list of who tried to be whom outlives the process. With several
 * processes an attacker has as many tries more. An IPv6 address counts by its /64.
 */
@Injectable()
export class SignInPace {
  private readonly pairs: RateLimiterMemory;
  private readonly addresses: RateLimiterMemory;
  private readonly accounts: RateLimiterMemory;
  private readonly whole: RateLimiterMemory;
  /** Pairs of account and address that have got in. */
  private readonly known = new RateLimiterMemory({ keyPrefix: 'known', points: 1, duration: WEEK });
  private readonly turns: Turns;

  constructor(
    private readonly pepper: Pepper,
    limits: Partial<PaceLimits> = {},
  ) {
    const { perPair, perAddress, perAccount, inWhole, waitMs, mostWaiting } = { ...LIMITS, ...limits };
    this.pairs = new RateLimiterMemory({ keyPrefix: 'pair', points: perPair, duration: QUARTER });
    this.addresses = new RateLimiterMemory({ keyPrefix: 'address', points: perAddress, duration: QUARTER });
    this.accounts = new RateLimiterMemory({ keyPrefix: 'account', points: perAccount, duration: HOUR });
    this.whole = new RateLimiterMemory({ keyPrefix: 'whole', points: inWhole, duration: HOUR });
    this.turns = new Turns(waitMs, mostWaiting);
  }

  /**
   * Counts the attempt as failed beforehand, so that a hundred at once count as a hundred; `passed` takes it back.
   * @param account what the one who tries calls the account: an e-mail address, a session's id
   * @param address where the request came from; never logged or stored
   * @throws Refusal TOO_MANY_ATTEMPTS
   */
  async enter(account: string, address: string): Promise<{ readonly passed: () => Promise<void> }> {
    const from = addressGroup(address);
    const [whose, where, pair] = [this.key('account', account), this.key('address', from), this.key('pair', account, from)];
    if (!(await isLeft(this.pairs, pair))) {
      throw new Refusal('TOO_MANY_ATTEMPTS', 'Too many attempts from here. Wait a quarter of an hour and try again.');
    }
    const atAccount = await isLeft(this.accounts, whose);
    const ofAddress = await isLeft(this.addresses, where);
    const inWhole = await isLeft(this.whole, WHOLE);
    const takeBack = async (): Promise<void> => {
      await this.accounts.reward(whose);
      await this.addresses.reward(where);
      await this.whole.reward(WHOLE);
    };
    const lines = [...(atAccount && inWhole ? [] : [whose]), ...(ofAddress ? [] : [where])];
    if (lines.length > 0 && !(await this.known.get(pair)) && !(await this.turns.take(lines))) {
      await takeBack();
      await this.pairs.reward(pair);
      throw new Refusal('TOO_MANY_ATTEMPTS', 'Too many attempts at once. Wait a little and try again.');
    }
    return {
      passed: async () => {
        await takeBack();
        await this.pairs.delete(pair);
        await this.known.set(pair, 1, WEEK);
      },
    };
  }

  private key(...parts: string[]): string {
    return Buffer.from(keyedHash(this.pepper.bytes, 'sign-in-pace', ...parts)).toString('base64url');
  }
}

/** Takes one of what there is. */
async function isLeft(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return false;
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { keyedHash } from '../crypto/keyed-hash.js';
import { Refusal } from '../platform/refusal.js';
import { Pepper } from './pepper.js';

export interface PaceLimits {
  /** Failures of one address at one account in a quarter of an hour, before it is turned away for the rest of it. */
  readonly perAddress: number;
  /** Failures at one account in an hour, from anywhere, before every attempt there is made to wait. */
  readonly perAccount: number;
  /** Failures in an hour altogether, before every attempt is made to wait. */
  readonly inWhole: number;
  readonly waitMs: number;
}

const LIMITS: PaceLimits = { perAddress: 10, perAccount: 30, inWhole: 600, waitMs: 2_000 };
const WHOLE = 'whole';

/**
 * Slows guessing down. Only an address that has failed too often at an account is turned away there; failures of others
 * make its owner wait and never lock them out, or anybody could.
 *
 * Counts are kept in memory, under a keyed hash: no list of who tried to be whom outlives the process. With several
 * processes an attacker has as many tries more.
 */
@Injectable()
export class SignInPace {
  private readonly addresses: RateLimiterMemory;
  private readonly accounts: RateLimiterMemory;
  private readonly whole: RateLimiterMemory;
  private readonly limits: PaceLimits;

  constructor(
    private readonly pepper: Pepper,
    limits: Partial<PaceLimits> = {},
  ) {
    this.limits = { ...LIMITS, ...limits };
    this.addresses = new RateLimiterMemory({ keyPrefix: 'address', points: this.limits.perAddress, duration: 15 * 60 });
    this.accounts = new RateLimiterMemory({ keyPrefix: 'account', points: this.limits.perAccount, duration: 60 * 60 });
    this.whole = new RateLimiterMemory({ keyPrefix: 'whole', points: this.limits.inWhole, duration: 60 * 60 });
  }

  /**
   * Counts the attempt as failed beforehand, so that a hundred at once count as a hundred; `passed` takes it back.
   * @param account what the one who tries calls the account: an e-mail address, a member's id
   * @param address where the request came from; never logged or stored
   * @throws Refusal TOO_MANY_ATTEMPTS
   */
  async enter(account: string, address: string): Promise<{ readonly passed: () => Promise<void> }> {
    const whose = this.key(account);
    const pair = this.key(account, address);
    await consume(this.addresses, pair, () => {
      throw new Refusal('TOO_MANY_ATTEMPTS', 'Too many attempts from here. Wait a quarter of an hour and try again.');
    });
    let slow = false;
    await consume(this.accounts, whose, () => (slow = true));
    await consume(this.whole, WHOLE, () => (slow = true));
    if (slow) await wait(this.limits.waitMs);
    return {
      passed: async () => {
        await this.addresses.delete(pair);
        await this.accounts.reward(whose);
        await this.whole.reward(WHOLE);
      },
    };
  }

  private key(...parts: string[]): string {
    return Buffer.from(keyedHash(this.pepper.bytes, 'sign-in-pace', ...parts)).toString('base64url');
  }
}

async function consume(limiter: RateLimiterMemory, key: string, whenUsedUp: () => void): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    whenUsedUp();
  }
}

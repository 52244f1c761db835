import { expect } from '@jest/globals';
import type { CrashWorld } from './crash-world.js';
import { must } from './people.js';
import type { RunningService } from './running-service.js';

export interface Written {
  readonly version: number;
  readonly phone: string;
}

/**
 * What the service has acknowledged, and what it was asked for and did not answer. After a crash the latter may be there,
 * whole, or not at all; nothing else may differ, on no process.
 */
export class Ledger {
  private readonly written = new Map<string, Written>();
  private readonly given: string[] = [];

  constructor(private readonly world: CrashWorld) {}

  /** One that nobody has had: 555-0100 to 0199 are never assigned, in any area. */
  newPhone(): string {
    const count = this.given.length;
    const phone = `${210 + Math.floor(count / 100)}55501${String(count % 100).padStart(2, '0')}`;
    this.given.push(phone);
    return phone;
  }

  of(id: string): Written {
    return this.written.get(id)!;
  }

  acknowledge(id: string, written: Written): void {
    this.written.set(id, written);
  }

  forget(id: string): void {
    this.written.delete(id);
  }

  async create(service: RunningService, phone = this.newPhone()): Promise<string> {
    const { token } = this.world.preparer;
    const { body } = must(await service.ask('POST', '/api/intakes', newIntake(phone), token), 201);
    this.acknowledge(body.id, { version: body.version, phone });
    return body.id;
  }

  /** Takes in a creation that was not answered, if it happened. */
  async settleCreation(phone: string): Promise<'made' | 'not made'> {
    const unknown = (await this.listed(this.world.victim)).filter((id) => !this.written.has(id));
    if (unknown.length === 0) return 'not made';
    expect(unknown.length).toBe(1);
    this.acknowledge(unknown[0]!, { version: 1, phone });
    return 'made';
  }

  /** Takes in a save that was not answered: all of it or none of it. */
  async settleSave(id: string, phone: string): Promise<'saved' | 'not saved'> {
    const before = this.of(id);
    const { version } = await this.read(this.world.victim, id);
    if (version === before.version) return 'not saved';
    this.acknowledge(id, { version: before.version + 1, phone });
    return 'saved';
  }

  /** Reads, lists and looks up everything, on both processes. */
  async check(): Promise<void> {
    for (const service of this.world.services) {
      expect([...(await this.listed(service))].sort()).toEqual([...this.written.keys()].sort());
      for (const [id, written] of this.written) expect(await this.read(service, id)).toEqual(written);
      const inForce = new Map([...this.written].map(([id, { phone }]) => [phone, id]));
      const recent = this.given.filter((phone, index) => inForce.has(phone) || index >= this.given.length - 3);
      for (const phone of recent) {
        const id = inForce.get(phone);
        expect(await this.found(service, phone)).toEqual(id ? [id] : []);
      }
    }
  }

  private async read(service: RunningService, id: string): Promise<Written> {
    const { body } = must(await service.ask('GET', `/api/intakes/${id}?fields=contact,taxpayer.firstName`, undefined, this.world.preparer.token), 200);
    expect(body.answers.taxpayer.firstName).toBe(nameFor(body.answers.contact.phone)); // two classes of one version
    return { version: body.version, phone: body.answers.contact.phone };
  }

  private async listed(service: RunningService): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = must(await service.ask('GET', `/api/intakes${cursor}`, undefined, this.world.preparer.token), 200);
      ids.push(...body.intakes.map(({ id }: { id: string }) => id));
      if (!body.next) return ids;
      cursor = `?cursor=${encodeURIComponent(body.next)}`;
    }
  }

  private async found(service: RunningService, phone: string): Promise<readonly string[]> {
    const { body } = must(await service.ask('POST', '/api/intakes/search', { phone }, this.world.preparer.token), 200);
    return body.matches.map(({ id }: { id: string }) => id);
  }
}

export function newIntake(phone: string): object {
  return { taxYear: 2026, answers: answersFor(phone) };
}

export function answersFor(phone: string): object {
  return { taxpayer: { firstName: nameFor(phone), lastName: 'Sample' }, contact: { phone } };
}

/** Ties the two classes of one save together. */
function nameFor(phone: string): string {
  return `Ines ${phone.slice(0, 3)}-${phone.slice(-2)}`.replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
}

import { commitmentText, PART_NAMES, SALT_BYTES, type DisclosedParts, type PartName } from './disclosed-parts.js';

const ROOM = 16_384;
const bytes = Buffer.alloc(SALT_BYTES + ROOM);

/** Of a line that was parsed, which may hold anything. */
export type Given = Readonly<Partial<Record<PartName, { readonly part?: unknown; readonly salt?: unknown } | null>>>;

/** The parts in a line of an export (docs/formats.md, "Log export"), whatever stands in it. */
export class ExportedParts implements DisclosedParts {
  constructor(private readonly given: Given) {}

  get count(): number {
    return PART_NAMES.filter((part) => this.has(part)).length;
  }

  has(part: PartName): boolean {
    return this.given[part] !== undefined;
  }

  commitment(part: PartName): string | undefined {
    if (!this.has(part)) return undefined;
    const [text, salt] = [this.text(part), this.saltText(part)];
    if (bytes.write(salt, 0, 'base64') !== SALT_BYTES) return '';
    if (text.length * 3 > ROOM) return commitmentText(Buffer.concat([bytes.subarray(0, SALT_BYTES), Buffer.from(text, 'utf8')]), SALT_BYTES);
    return commitmentText(bytes.subarray(0, SALT_BYTES + bytes.write(text, SALT_BYTES, 'utf8')), SALT_BYTES);
  }

  text(part: PartName): string {
    return String(this.given[part]?.part);
  }

  salt(part: PartName): Buffer {
    return Buffer.from(this.saltText(part), 'base64');
  }

  private saltText(part: PartName): string {
    return String(this.given[part]?.salt);
  }
}

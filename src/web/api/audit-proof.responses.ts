import { ApiProperty } from '@nestjs/swagger';

const HASH = { type: 'string', format: 'byte', description: 'SHA-256, in base64.' } as const;

export class Inclusion {
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly index: number;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Of the tree.' })
  readonly size: number;

  @ApiProperty(HASH)
  readonly leafHash: string;

  @ApiProperty({ type: 'array', items: HASH, description: 'From the leaf’s sibling up to the root’s child (RFC 6962, 2.1.1).' })
  readonly hashes: readonly string[];
}

export class Consistency {
  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly from: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  readonly to: number;

  @ApiProperty({ type: 'array', items: HASH, description: 'RFC 6962, 2.1.2. None from the empty tree, nor from a tree to itself.' })
  readonly hashes: readonly string[];
}

import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../../src/audit/checkpoint.js';
import { formatSignature, parseNote } from '../../../src/audit/signed-note.js';
import { cosignerKey, formatVerifierKey, parseCosignerKey, parseVerifierKey, verifierKey } from '../../../src/audit/verifier-key.js';
import { verifyConsistency } from '../../../src/audit/verify-proof.js';
import { cosignedMessage, findCosignature, openCosignature } from '../../../src/audit/witness/cosignature.js';
import { readAnswer, submissionBody } from '../../../src/audit/witness/submission.js';

/** Data of the tests of torchwood (filippo.io/torchwood, internal/witness): a log's key, and three of its requests to a witness. */
const LOG_KEY = 'ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f';
const ORIGIN = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562';
const REQUESTS = [
  `old 0

${ORIGIN}
1
KgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

— ${ORIGIN} UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=
`,
  `old 1
KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

${ORIGIN}
3
RcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=

— ${ORIGIN} UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=
`,
  `old 1
KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=
KgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

${ORIGIN}
5
QrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=

— ${ORIGIN} UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww=
`,
];
/** Of transparency-dev/formats (note): a witness's key, and a signature with the moment that it tells. */
const WITNESS = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
const TIMED = 'ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==';
/** The example of C2SP tlog-cosignature. Its key is not published, its moment is. */
const EXAMPLE = {
  text: 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
  line: '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n',
  message: 'cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
};

const publicKey = (raw: Buffer) => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });

describe('published requests to a witness', () => {
  const key = verifierKey(ORIGIN, publicKey(Buffer.from(LOG_KEY, 'hex')));
  const parts = REQUESTS.map((request) => {
    const at = request.indexOf('\n\n');
    const [old, ...proof] = request.slice(0, at).split('\n');
    return { oldSize: Number(old!.slice(4)), proof: proof.map((line) => Buffer.from(line, 'base64')), note: request.slice(at + 2) };
  });

  it('are written as we write them', () => {
    expect(parts.map((part) => submissionBody({ ...part, size: 0 }))).toEqual(REQUESTS);
  });

  it('hold checkpoints and proofs that we find good', () => {
    const [first, ...later] = parts.map(({ note }) => openCheckpoint(note, key)!);
    expect([first!.size, ...later.map(({ size }) => size)]).toEqual([1, 3, 5]);
    for (const [at, checkpoint] of later.entries()) expect(verifyConsistency(first!, checkpoint, parts[at + 1]!.proof)).toBe(true);
    expect(verifyConsistency(first!, later[0]!, parts[2]!.proof)).toBe(false);
  });
});

describe('published keys and cosignatures', () => {
  it('have the ids that we compute', () => {
    const key = parseCosignerKey(WITNESS)!;
    expect([key.name, formatVerifierKey(key)]).toEqual(['remora.n621.de', WITNESS]);
    expect(parseVerifierKey(WITNESS)).toBeUndefined();
    expect(parseCosignerKey(WITNESS.replace('da77ade7', 'da77ade8'))).toBeUndefined();
  });

  it('tell their moments', () => {
    for (const [encoded, seconds] of [[TIMED, 1_727_964_367], [EXAMPLE.line.trim().split(' ')[2]!, 1_679_315_147]] as const) {
      expect(Number(Buffer.from(encoded, 'base64').readBigUInt64BE(4))).toBe(seconds);
    }
    expect(cosignedMessage(EXAMPLE.text, 1_679_315_147).toString()).toBe(EXAMPLE.message);
    const [signature] = parseNote(`${EXAMPLE.text}\n${EXAMPLE.line}`)!.signatures;
    expect(openCosignature(EXAMPLE.text, signature!, parseCosignerKey(WITNESS)!)).toBeUndefined();
  });

  it('are made by the published witness key as we check them, extension lines and all', () => {
    const seed = Buffer.from('31ffc2116ecbe003acaa800ab70757bd7d53206e3febef6a6d0796d95530b34f', 'hex');
    const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
    const key = cosignerKey('example.com', createPublicKey(privateKey));
    expect(Buffer.from(key.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex')).toBe('64848ad8abed6e85981b3b3875b252b8767ebb4b02f703aca3b1e71bbd6a8e50');
    const text = `${EXAMPLE.text}an extension\n`;
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(1_679_315_147n);
    const signed = sign(null, Buffer.from(`cosignature/v1\ntime 1679315147\n${text}`), privateKey);
    const line = formatSignature({ name: key.name, keyId: key.keyId, signature: Buffer.concat([time, signed]) });
    const note = `${text}\n${EXAMPLE.line}`;
    const now = new Date('2023-03-20T12:25:50Z');
    expect(findCosignature(EXAMPLE.line + line, note, key, now)).toEqual({ line, at: new Date('2023-03-20T12:25:47Z') });
    expect(findCosignature(EXAMPLE.line + line, note.replace('an ext', 'no ext'), key, now)).toBe('SIGNATURE_WRONG');
    expect(findCosignature(EXAMPLE.line, note, key, now)).toBe('NO_COSIGNATURE');
  });
});

describe('an answer', () => {
  const conflict = (body: string, oldSize: number, contentType = 'text/x.tlog.size') => readAnswer({ status: 409, contentType, body }, { oldSize, size: 9 });

  it('names the size that the witness is at in one form only', () => {
    expect(conflict('7\n', 3)).toEqual({ at: 7 });
    expect(conflict('0\n', 3, 'Text/X.Tlog.Size; charset=utf-8')).toEqual({ at: 0 });
    expect(conflict('10\n', 3)).toEqual({ failure: 'AHEAD' });
    for (const body of ['7', '07\n', '-7\n', '7\n\n', '7 \n', '', '99999999999999999999\n']) expect([body, conflict(body, 3)]).toEqual([body, { failure: 'ANSWER_MALFORMED' }]);
    expect(conflict('7\n', 3, 'text/plain')).toEqual({ failure: 'ANSWER_MALFORMED' });
  });

  it('that refuses a size that the witness is at says that there are two histories', () => {
    expect([conflict('9\n', 9), conflict('', 9, '')]).toEqual([{ failure: 'FORKED' }, { failure: 'FORKED' }]);
  });
});

import sodium from 'libsodium-wrappers';

await sodium.ready;

/** libsodium, ready. Bytes in, bytes out: never hand it a string, it would allocate copies nobody can wipe. */
export { sodium };

/**
 * What a guesser strings together first: the words of the most used passwords, rows of keys, the seasons, and the words of
 * this trade and this product. Short on purpose: with fifteen characters and attempts slowed down, it only has to catch
 * passwords that consist of nothing else.
 */
export const COMMON_WORDS: readonly string[] = `
  password passwort contraseña contrasena passphrase passw secret secreto welcome letmein login admin administrator
  changeme default temporary temp user guest test demo master access hello please qwertyuiop qwerty asdfghjkl asdfgh asdf
  zxcvbnm zxcvbn qazwsx abcdefghijklmnopqrstuvwxyz abcdef abcd abc iloveyou teamo love sunshine princess monkey dragon
  football baseball superman batman starwars trustno michael jordan jessica ashley charlie daniel jesus christ freedom
  whatever computer internet summer winter spring autumn verano invierno january february march april monday friday season
  year thinfile thin file files taxes tax intake preparer auditor vita tce refund return irs site clinic volunteer client
  correct horse battery staple the and this that for my is word
`
  .trim()
  .split(/\s+/);
